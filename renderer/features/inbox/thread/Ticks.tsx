import { AudioLines, CalendarClock, Check, CheckCheck, CircleAlert, Clock, Hand, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../../ui/cx.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import type { Shown } from './status.ts';
import { shownWord } from './statusWords.ts';
import styles from './Ticks.module.css';

export interface TicksProps {
  readonly shown: Shown;
  /** The word in sight too; otherwise it is there for a screen reader and as a title. */
  readonly withWord: boolean;
}

/** Icon and word of a message's way. */
export function Ticks({ shown, withWord }: TicksProps): ReactNode {
  const word = shownWord(shown);
  return (
    <span className={cx(styles['ticks'], styles[shown.kind])} title={word} data-status={shown.kind}>
      <TickIcon kind={shown.kind} />
      {withWord ? <span>{word}</span> : <VisuallyHidden>{word}</VisuallyHidden>}
    </span>
  );
}

/** The icon of a status, without its word: whoever uses it gives the word. */
export function TickIcon({ kind }: { readonly kind: Shown['kind'] }): ReactNode {
  switch (kind) {
    case 'queued':
      return <Clock size={12} aria-hidden="true" />;
    case 'scheduled':
      return <CalendarClock size={12} aria-hidden="true" />;
    case 'sending':
      return <Send size={12} aria-hidden="true" />;
    case 'held':
      return <Hand size={12} aria-hidden="true" />;
    case 'sent':
      return <Check size={14} aria-hidden="true" />;
    case 'delivered':
    case 'read':
      return <CheckCheck size={14} aria-hidden="true" />;
    case 'played':
      return <AudioLines size={14} aria-hidden="true" />;
    case 'failed':
      return <CircleAlert size={12} aria-hidden="true" />;
  }
}
