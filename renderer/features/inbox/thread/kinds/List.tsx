import type { ReactNode } from 'react';
import type { MessageContent } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import { ListChoice } from './Choices.tsx';
import { Framed } from './Framed.tsx';
import styles from './kinds.module.css';

type ListContent = Extract<MessageContent, { kind: 'list' }>;

export function List({ content }: { readonly content: ListContent }): ReactNode {
  return (
    <div className={styles['stack']}>
      <Framed header={content.header} body={content.body} footer={content.footer} />
      <ListChoice title={content.button} />
      <details className={styles['details']}>
        <summary>{t('message.buttons.listOpens')}</summary>
        {content.sections.map((section, index) => (
          // Sections of one message never move.
          <div key={index} className={styles['stack']}>
            {section.title === null ? null : <span className={styles['title']}>{section.title}</span>}
            <ul>
              {section.rows.map((row) => (
                <li key={row.id}>
                  {row.title}
                  {row.description === null ? null : (
                    <span className={styles['small']}> · {row.description}</span>
                  )}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </details>
    </div>
  );
}
