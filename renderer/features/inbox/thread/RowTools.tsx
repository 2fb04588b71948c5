import { CornerUpLeft, Ellipsis, SmilePlus } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import type { MenuTarget } from './context.ts';
import { useThreadTools } from './context.ts';
import { isAnswerable } from './MessageMenu.tsx';
import styles from './RowTools.module.css';

export interface RowToolsProps {
  readonly target: MenuTarget;
  /** Where the bubble ends, in px from the side it stands on. */
  readonly inset: number;
}

/** Beside the one message under the pointer: answer, react, more. The keyboard has its own way, so Tab does not stop here. */
export function RowTools({ target, inset }: RowToolsProps): ReactNode {
  const tools = useThreadTools();
  const { message } = target;
  const answerable = isAnswerable(target);
  const open = (what: 'menu' | 'react') => (event: MouseEvent<HTMLButtonElement>) =>
    tools.open(what, target, event.currentTarget);
  // In a narrow thread they lie over the end of the bubble rather than outside of the window.
  const place = `min(${String(inset)}px, calc(100% - 80px))`;
  return (
    <div
      className={styles['tools']}
      style={message.direction === 'out' ? { insetInlineEnd: place } : { insetInlineStart: place }}
    >
      {answerable && tools.can.react ? (
        <button
          type="button"
          tabIndex={-1}
          className={styles['tool']}
          aria-label={t('thread.actions.react')}
          title={t('thread.actions.react')}
          onClick={open('react')}
        >
          <SmilePlus size={14} aria-hidden="true" />
        </button>
      ) : null}
      {answerable && tools.can.quote ? (
        <button
          type="button"
          tabIndex={-1}
          className={styles['tool']}
          aria-label={t('thread.actions.reply')}
          title={t('thread.actions.reply')}
          onClick={() => tools.reply(message.id)}
        >
          <CornerUpLeft size={14} aria-hidden="true" />
        </button>
      ) : null}
      <button
        type="button"
        tabIndex={-1}
        className={styles['tool']}
        aria-label={t('thread.actions.more')}
        aria-haspopup="menu"
        title={t('thread.actions.more')}
        onClick={open('menu')}
      >
        <Ellipsis size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
