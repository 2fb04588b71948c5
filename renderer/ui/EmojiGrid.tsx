import type { ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import styles from './EmojiGrid.module.css';

export interface EmojiGridProps {
  readonly label: string;
  readonly emoji: ReadonlyArray<string>;
  readonly columns: 6 | 8;
  readonly onChoose: (emoji: string) => void;
}

/** Emoji to choose one of; arrow keys move in both directions. */
export function EmojiGrid({ label, emoji, columns, onChoose }: EmojiGridProps): ReactNode {
  return (
    <ListBox
      aria-label={label}
      layout="grid"
      selectionMode="none"
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was just opened to choose from
      autoFocus="first"
      onAction={(key) => onChoose(String(key))}
      className={`${styles['grid'] ?? ''} ${styles[columns === 6 ? 'six' : 'eight'] ?? ''}`}
    >
      {emoji.map((each) => (
        <ListBoxItem key={each} id={each} textValue={each} className={styles['emoji'] ?? ''}>
          {each}
        </ListBoxItem>
      ))}
    </ListBox>
  );
}
