import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import styles from './Person.module.css';

/** The person's name as the heading; pressed, a box in its place. */
export function NameEditor({
  name,
  alone,
  onSave,
}: {
  readonly name: string;
  /** It is the heading of the whole screen. */
  readonly alone: boolean;
  readonly onSave: (name: string) => Promise<string | null>;
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const [mistake, setMistake] = useState<string | null>(null);
  const box = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  const editing = draft !== null;
  useEffect(() => {
    if (editing) box.current?.select();
    else if (back.current) {
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
    if (draft === null) return;
    const typed = draft.trim();
    if (typed === name) leave(focus);
    else if (typed === '') setMistake(t('person.mistake.noName'));
    else {
      void onSave(typed).then((problem) => {
        if (problem === null) leave(focus);
        else setMistake(problem);
      });
    }
  };
  const Heading = alone ? 'h1' : 'h2';
  if (draft === null) {
    return (
      <Heading className={styles['name']}>
        <button
          ref={button}
          type="button"
          className={styles['nameButton']}
          title={t('person.editOf', { name: t('contacts.column.name') })}
          onClick={() => setDraft(name)}
        >
          <bdi>{name}</bdi>
        </button>
      </Heading>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(true);
      }}
    >
      <input
        ref={box}
        dir="auto"
        aria-label={t('contacts.column.name')}
        aria-invalid={mistake === null ? undefined : true}
        className={styles['input']}
        maxLength={200}
        value={draft}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          setMistake(null);
        }}
        onBlur={() => save(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          leave(true);
        }}
      />
      {mistake === null ? null : (
        <span role="alert" className={styles['mistake']}>
          {mistake}
        </span>
      )}
    </form>
  );
}
