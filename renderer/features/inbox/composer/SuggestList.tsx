import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import styles from './Suggest.module.css';

export interface Suggestion {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** What is typed for it. */
  readonly mark: string;
}

export interface SuggestListProps {
  readonly id: string;
  readonly label: string;
  readonly suggestions: ReadonlyArray<Suggestion>;
  readonly active: number;
  readonly onChoose: (suggestion: Suggestion) => void;
}

/** Suggestions over the text box. The focus stays in the box, which names the active one. */
export function SuggestList({ id, label, suggestions, active, onChoose }: SuggestListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} className={styles['list']}>
      {suggestions.map((suggestion, index) => (
        // The keys and the focus are the text box's: it names the active option.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={suggestion.id}
          id={`${id}-${String(index)}`}
          role="option"
          aria-selected={index === active}
          className={styles['option']}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(suggestion)}
        >
          <span className={styles['mark']}>{suggestion.mark}</span>
          <span className={styles['title']} dir="auto">
            {suggestion.title}
          </span>
          <span className={styles['detail']} dir="auto">
            {suggestion.detail}
          </span>
        </div>
      ))}
    </div>
  );
}
