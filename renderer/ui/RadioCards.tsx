import type { ReactNode } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import styles from './RadioCards.module.css';

export interface RadioCard<Value extends string> {
  readonly value: Value;
  readonly title: string;
  readonly text: string;
  readonly icon: ReactNode;
  readonly disabled?: boolean;
  /** A short word after the title, e.g. "Recommended". */
  readonly tag?: string | undefined;
}

export interface RadioCardsProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly cards: ReadonlyArray<RadioCard<Value>>;
  readonly onChange: (value: Value) => void;
}

/** A choice of a few with a sentence each, one under the other. */
export function RadioCards<Value extends string>({
  label,
  value,
  cards,
  onChange,
}: RadioCardsProps<Value>): ReactNode {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onChange={(next) => {
        const card = cards.find((candidate) => candidate.value === next);
        if (card !== undefined) onChange(card.value);
      }}
      className={styles['group'] ?? ''}
    >
      {cards.map((card) => (
        <Radio
          key={card.value}
          value={card.value}
          isDisabled={card.disabled === true}
          className={styles['card'] ?? ''}
        >
          <span className={styles['icon']} aria-hidden="true">
            {card.icon}
          </span>
          <span className={styles['words']}>
            <span className={styles['title']}>
              {card.title}
              {card.tag === undefined ? null : <span className={styles['tag']}>{card.tag}</span>}
            </span>
            <span className={styles['text']}>{card.text}</span>
          </span>
          <span className={styles['dot']} aria-hidden="true" />
        </Radio>
      ))}
    </RadioGroup>
  );
}
