import { ListChecks, MousePointerClick, NotepadText } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MessageContent } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import styles from './kinds.module.css';

type AnswerContent = Extract<MessageContent, { kind: 'answer' }>;

/** What a customer chose or filled in. */
export function Answer({ content }: { readonly content: AnswerContent }): ReactNode {
  return (
    <div className={styles['stack']}>
      <span className={styles['label']}>
        {content.source === 'list' ? (
          <ListChecks size={14} aria-hidden="true" />
        ) : content.source === 'flow' ? (
          <NotepadText size={14} aria-hidden="true" />
        ) : (
          <MousePointerClick size={14} aria-hidden="true" />
        )}
        {t(`message.answer.${content.source}`)}
      </span>
      <span className={styles['title']} dir="auto">
        {content.title}
      </span>
      {content.description === null ? null : (
        <span className={styles['small']} dir="auto">
          {content.description}
        </span>
      )}
      {content.fields.length === 0 ? null : (
        <table className={styles['table']}>
          <tbody>
            {content.fields.map((field) => (
              <tr key={field.name}>
                <td className={styles['small']}>{field.name}</td>
                <td dir="auto">{field.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
