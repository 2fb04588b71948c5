import { Info } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Message } from '../../../../shared/domain/message.ts';
import { clockTime, fullTime } from '../../../i18n/format.ts';
import styles from './SystemRow.module.css';

/** Something that happened rather than something that was said: centred, small. */
export function SystemRow({ message }: { readonly message: Message }): ReactNode {
  const text = message.content.kind === 'system' ? message.content.text : '';
  return (
    <article className={styles['system']}>
      <Info size={14} aria-hidden="true" />
      <span dir="auto">{text}</span>
      <time dateTime={new Date(message.sentAt).toISOString()} title={fullTime(message.sentAt)}>
        {clockTime(message.sentAt)}
      </time>
    </article>
  );
}
