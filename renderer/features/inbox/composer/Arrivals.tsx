import type { ReactNode } from 'react';
import type { MessageContent } from '../../../../shared/domain/message-content.ts';
import { previewText } from '../../../../shared/domain/message-content.ts';
import { t } from '../../../i18n/t.ts';
import { cx } from '../../../ui/cx.ts';
import { kindWord } from '../kindWords.ts';
import { authorName, userName } from '../thread/authors.ts';
import { useThreadTools } from '../thread/context.ts';
import styles from './Bars.module.css';
import type { Arrival } from './seen.ts';

/** What somebody else wrote meanwhile, in short. */
export function Arrivals({ items }: { readonly items: ReadonlyArray<Arrival> }): ReactNode {
  const tools = useThreadTools();
  return (
    <ul className={styles['arrivals']}>
      {items.map((item) =>
        item.type === 'note' ? (
          <li key={item.note.id} className={cx(styles['arrival'], styles['arrivalNote'])}>
            <span className={styles['arrivalName']}>
              {t('writing.stop.note', { name: userName(item.note.authorId, tools) })}
            </span>
            <span className={styles['arrivalText']} dir="auto">
              {item.note.body}
            </span>
          </li>
        ) : (
          <li
            key={item.message.id}
            className={cx(styles['arrival'], item.message.direction === 'out' && styles['arrivalOwn'])}
          >
            <span className={styles['arrivalName']}>{authorName(item.message, tools)}</span>
            <span className={styles['arrivalText']} dir="auto">
              {contentWords(item.message.content)}
            </span>
          </li>
        ),
      )}
    </ul>
  );
}

/** What a message says, or the word for its kind. */
export function contentWords(content: MessageContent): string {
  if (content.kind === 'text') return content.body;
  const text = previewText(content);
  return text === '' ? kindWord(content.kind) : `${kindWord(content.kind)} · ${text}`;
}
