import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react';
import { useId, useState } from 'react';
import type { InlineMarker } from '../../../../shared/text/format-edit.ts';
import { wrapSelection } from '../../../../shared/text/format-edit.ts';
import styles from './Composer.module.css';
import type { Trigger } from './suggest.ts';
import { triggerAt } from './suggest.ts';
import type { Suggestion } from './SuggestList.tsx';
import { SuggestList } from './SuggestList.tsx';
import { applyEdit } from './textEdit.ts';

export interface TextBoxProps {
  readonly label: string;
  readonly hintId: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onBox: (box: HTMLTextAreaElement | null) => void;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
  readonly onBlur: () => void;
  readonly onFiles: (files: File[]) => void;
  /** Ctrl or Cmd + Z in an empty box. */
  readonly onUndo: () => void;
  /** What begins a suggestion here, what is suggested, and what choosing it puts in place of what was typed. */
  readonly suggest: {
    readonly mark: '/' | '@';
    readonly label: string;
    readonly find: (query: string) => ReadonlyArray<Suggestion>;
    readonly textOf: (suggestion: Suggestion) => string;
  };
}

const MARKERS: Readonly<Record<string, InlineMarker>> = { b: '*', i: '_', 'shift+x': '~' };

/** The box to write in: Enter sends, formatting keys, pasted files, suggestions after a mark. */
export function TextBox(props: TextBoxProps): ReactNode {
  const { label, hintId, placeholder, value, onBox, onChange, onEnter, onBlur, onFiles, onUndo, suggest } =
    props;
  const listId = useId();
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const [active, setActive] = useState(0);
  const suggestions = trigger === null ? [] : suggest.find(trigger.query);
  const open = suggestions.length > 0;

  const look = (box: HTMLTextAreaElement): void => {
    const found =
      box.selectionStart === box.selectionEnd ? triggerAt(box.value, box.selectionStart, suggest.mark) : null;
    if (found?.from !== trigger?.from || found?.query !== trigger?.query) {
      setTrigger(found);
      setActive(0);
    }
  };
  const choose = (box: HTMLTextAreaElement, suggestion: Suggestion): void => {
    if (trigger === null) return;
    const by = suggest.textOf(suggestion);
    const end = trigger.from + trigger.query.length + 1;
    const caret = trigger.from + by.length;
    applyEdit(box, {
      text: box.value.slice(0, trigger.from) + by + box.value.slice(end),
      start: caret,
      end: caret,
    });
    setTrigger(null);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method is composing, every key belongs to it.
    if (event.nativeEvent.isComposing) return;
    const box = event.currentTarget;
    const chosen = suggestions[active];
    if (chosen !== undefined) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const step = event.key === 'ArrowDown' ? 1 : suggestions.length - 1;
        setActive((active + step) % suggestions.length);
      } else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') choose(box, chosen);
      else if (event.key === 'Escape') setTrigger(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      const key = event.key.toLowerCase();
      const marker = MARKERS[event.shiftKey ? `shift+${key}` : key];
      if (marker !== undefined) {
        applyEdit(box, wrapSelection(box.value, box.selectionStart, box.selectionEnd, marker));
      } else if (key === 'z' && !event.shiftKey && box.value === '') onUndo();
      else return;
      event.preventDefault();
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    onEnter();
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    const files = [...event.clipboardData.files];
    // A picture copied together with its text (from an office program) is wanted as text.
    if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    onFiles(files);
  };

  return (
    <div className={styles['textBox']}>
      {open ? (
        <SuggestList
          id={listId}
          label={suggest.label}
          suggestions={suggestions}
          active={active}
          onChoose={(suggestion) => {
            const box = document.querySelector<HTMLTextAreaElement>(
              `[aria-controls="${CSS.escape(listId)}"]`,
            );
            if (box !== null) choose(box, suggestion);
          }}
        />
      ) : null}
      <textarea
        ref={onBox}
        className={styles['text']}
        aria-label={label}
        aria-describedby={hintId}
        aria-autocomplete="list"
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open ? `${listId}-${String(active)}` : undefined}
        placeholder={placeholder}
        value={value}
        // An empty box would turn its placeholder from left to right.
        dir={value === '' ? undefined : 'auto'}
        rows={1}
        spellCheck
        autoComplete="off"
        onChange={(event) => {
          onChange(event.currentTarget.value);
          look(event.currentTarget);
        }}
        onSelect={(event) => look(event.currentTarget)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={() => {
          setTrigger(null);
          onBlur();
        }}
      />
    </div>
  );
}
