import { Pencil, Plus } from 'lucide-react';
import type { FocusEvent, KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import styles from './Person.module.css';

export interface Checked<Value> {
  readonly value: Value;
  /** What is wrong with what was typed, in words. */
  readonly mistake: string | null;
}

export interface EditorProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly mistake: string | null;
  readonly mistakeId: string;
  readonly label: string;
}

export interface EditableProps<Value> {
  readonly label: string;
  /** What stands there; null: nothing yet. */
  readonly shown: ReactNode;
  /** What the box begins with. */
  readonly text: string;
  readonly check: (text: string) => Checked<Value>;
  /** Answers what is wrong, or null. */
  readonly onSave: (value: Value) => Promise<string | null>;
  readonly editor?: (props: EditorProps) => ReactNode;
  readonly source?: string | null;
  /** Of one of several: its row has no label of its own in sight. */
  readonly further?: boolean;
  readonly type?: 'text' | 'tel' | 'email';
  /** Beside the value. */
  readonly more?: ReactNode;
  readonly maxLength?: number;
}

/** A value that becomes a box where it stands: Enter or going elsewhere keeps it, Escape does not. */
export function Editable<Value>(props: EditableProps<Value>): ReactNode {
  const { label, shown, text, check, onSave, editor, source = null, further = false, more } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [mistake, setMistake] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  const mistakeId = useId();
  const editing = draft !== null;

  useEffect(() => {
    if (editing) {
      form.current?.querySelector<HTMLElement>('input, textarea, select')?.focus();
    } else if (back.current) {
      back.current = false;
      button.current?.focus();
    }
  }, [editing]);

  const leave = (focus: boolean): void => {
    back.current = focus;
    setDraft(null);
    setMistake(null);
  };
  const save = (focus: boolean): void => {
    if (draft === null || saving) return;
    if (draft === text) {
      leave(focus);
      return;
    }
    const checked = check(draft);
    setMistake(checked.mistake);
    if (checked.mistake !== null) return;
    setSaving(true);
    void onSave(checked.value).then((problem) => {
      setSaving(false);
      if (problem === null) leave(focus);
      else setMistake(problem);
    });
  };
  const onBlur = (event: FocusEvent<HTMLFormElement>): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) save(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    leave(true);
  };

  return (
    <div className={styles['row']}>
      <dt className={styles['term']}>{further ? null : label}</dt>
      <dd className={styles['value']}>
        {draft === null ? (
          <span className={styles['line']}>
            <button
              ref={button}
              type="button"
              className={styles['edit']}
              data-empty={shown === null || undefined}
              aria-label={shown === null ? t('person.addTo', { name: label }) : undefined}
              title={t('person.editOf', { name: label })}
              onClick={() => setDraft(text)}
            >
              {shown === null ? (
                <>
                  <Plus size={12} aria-hidden="true" />
                  {t('person.add')}
                </>
              ) : (
                <>
                  <span className={styles['shown']}>{shown}</span>
                  <Pencil size={12} aria-hidden="true" className={styles['pencil']} />
                </>
              )}
            </button>
            {more}
          </span>
        ) : (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape and leaving count for all that is in it
          <form
            ref={form}
            className={styles['form']}
            onSubmit={(event) => {
              event.preventDefault();
              save(true);
            }}
            onBlur={onBlur}
            onKeyDown={onKeyDown}
          >
            {editor === undefined ? (
              <input
                type={props.type ?? 'text'}
                dir="auto"
                aria-label={label}
                aria-invalid={mistake === null ? undefined : true}
                aria-describedby={mistake === null ? undefined : mistakeId}
                maxLength={props.maxLength}
                className={styles['input']}
                value={draft}
                onChange={(event) => {
                  setDraft(event.currentTarget.value);
                  setMistake(null);
                }}
              />
            ) : (
              editor({
                text: draft,
                onText: (next) => {
                  setDraft(next);
                  setMistake(null);
                },
                mistake,
                mistakeId,
                label,
              })
            )}
            {mistake === null ? null : (
              <span id={mistakeId} role="alert" className={styles['mistake']}>
                {mistake}
              </span>
            )}
          </form>
        )}
        {source === null ? null : <span className={styles['source']}>{source}</span>}
      </dd>
    </div>
  );
}
