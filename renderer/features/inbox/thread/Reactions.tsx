import type { ReactNode } from 'react';
import type { Message } from '../../../../shared/domain/message.ts';
import { t } from '../../../i18n/t.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { userName } from './authors.ts';
import { useThreadTools } from './context.ts';
import styles from './Reactions.module.css';

/** Reactions hang on the lower edge of the bubble. */
export function Reactions({
  messageId,
  reactions,
}: {
  readonly messageId: string;
  readonly reactions: Message['reactions'];
}): ReactNode {
  const tools = useThreadTools();
  return (
    <ul className={styles['reactions']} aria-label={t('message.reaction.list')}>
      {reactions.map((reaction) => {
        const words =
          reaction.by === 'contact'
            ? t('message.reaction.contact', { emoji: reaction.emoji })
            : t('message.reaction.team', { emoji: reaction.emoji, name: userName(reaction.by, tools) });
        if (reaction.by === tools.meId) {
          const remove = t('thread.reaction.remove', { emoji: reaction.emoji });
          return (
            <li key={reaction.by}>
              <button
                type="button"
                className={`${styles['reaction'] ?? ''} ${styles['mine'] ?? ''}`}
                title={remove}
                aria-label={remove}
                onClick={() => tools.react(messageId, null)}
              >
                {reaction.emoji}
              </button>
            </li>
          );
        }
        return (
          <li key={reaction.by} className={styles['reaction']} title={words}>
            <span aria-hidden="true">{reaction.emoji}</span>
            <VisuallyHidden>{words}</VisuallyHidden>
          </li>
        );
      })}
    </ul>
  );
}
