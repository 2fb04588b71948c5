import { Smile } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useRef, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Popover } from '../../../ui/Popover.tsx';
import { findEmoji, nameOf } from './emojiList.ts';
import styles from './Emoji.module.css';
import { useEmojiNames } from './useEmojiNames.ts';

const COLUMNS = 8;

export interface EmojiPickerProps {
  readonly onChoose: (emoji: string) => void;
}

/** Emoji by name: type to search, arrows to move, Enter to choose. */
export function EmojiPicker({ onChoose }: EmojiPickerProps): ReactNode {
  return (
    <Popover
      label={t('writing.emoji.open')}
      trigger={
        <IconButton label={t('writing.emoji.open')}>
          <Smile size={16} />
        </IconButton>
      }
    >
      {(close) => (
        <Chooser
          onChoose={(emoji) => {
            close();
            onChoose(emoji);
          }}
        />
      )}
    </Popover>
  );
}

function Chooser({ onChoose }: EmojiPickerProps): ReactNode {
  const grid = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const names = useEmojiNames();
  const found = findEmoji(query, names);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepOf(event.key, getComputedStyle(event.currentTarget).direction === 'rtl');
    if (event.key === 'Enter') {
      const emoji = found[active];
      if (emoji !== undefined) onChoose(emoji.char);
    } else if (step === null) return;
    else {
      const next = Math.max(0, Math.min(found.length - 1, active + step));
      setActive(next);
      grid.current?.querySelector(`#emoji-${String(next)}`)?.scrollIntoView({ block: 'nearest' });
    }
    event.preventDefault();
  };

  return (
    <div className={styles['chooser']}>
      <input
        className={styles['search']}
        type="text"
        role="combobox"
        aria-label={t('writing.emoji.search')}
        aria-expanded
        aria-controls="emoji-grid"
        aria-activedescendant={found.length === 0 ? undefined : `emoji-${String(active)}`}
        placeholder={t('writing.emoji.search')}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- one opens it to search
        autoFocus
        autoComplete="off"
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={grid}
        id="emoji-grid"
        role="listbox"
        aria-label={t('writing.emoji.results')}
        className={styles['grid']}
      >
        {found.map((each, index) => (
          // The keys and the focus are the search box's, which names the active one.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <span
            key={each.char}
            id={`emoji-${String(index)}`}
            role="option"
            aria-selected={index === active}
            aria-label={nameOf(each, names)}
            title={nameOf(each, names)}
            className={styles['emoji']}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(each.char)}
          >
            {each.char}
          </span>
        ))}
      </div>
      {found.length === 0 ? <p className={styles['none']}>{t('writing.emoji.none')}</p> : null}
    </div>
  );
}

function stepOf(key: string, rtl: boolean): number | null {
  switch (key) {
    case 'ArrowDown':
      return COLUMNS;
    case 'ArrowUp':
      return -COLUMNS;
    case 'ArrowRight':
      return rtl ? -1 : 1;
    case 'ArrowLeft':
      return rtl ? 1 : -1;
    default:
      return null;
  }
}
