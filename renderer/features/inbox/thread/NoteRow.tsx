import { Clock, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo, useMemo } from 'react';
import type { OutboxStatus } from '../../../../shared/contract/rows.ts';
import type { Note } from '../../../../shared/domain/message.ts';
import { clockTime, fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { userName } from './authors.ts';
import { useThreadTools } from './context.ts';
import styles from './NoteRow.module.css';
import { RichText } from './RichText.tsx';

export interface NoteRowProps {
  readonly note: Note;
  readonly outbox: OutboxStatus | null;
}

/** An internal note: another shape, ground, icon and label than anything a customer sees. */
export const NoteRow = memo(function NoteRow({ note, outbox }: NoteRowProps): ReactNode {
  const tools = useThreadTools();
  const author = userName(note.authorId, tools);
  const mentions = useMemo(
    () =>
      note.mentions.flatMap((id) => {
        const name = tools.lookup.users.get(id)?.name;
        return name === undefined ? [] : [{ name, me: id === tools.meId }];
      }),
    [note.mentions, tools],
  );
  const aboutMe = note.mentions.includes(tools.meId);
  return (
    <article
      className={styles['row']}
      aria-label={`${t('message.note.label')}, ${author}, ${fullTime(note.createdAt)}`}
      data-note={note.id}
      tabIndex={-1}
    >
      <div className={aboutMe ? `${styles['note'] ?? ''} ${styles['aboutMe'] ?? ''}` : styles['note']}>
        <header className={styles['head']}>
          <Lock size={12} aria-hidden="true" />
          <strong>{t('message.note.label')}</strong>
          <span>
            {author} · {t('message.note.hint')}
          </span>
          <span className={styles['time']}>
            {outbox === null || outbox.state === 'sent' ? null : (
              <span title={t('message.status.queued')}>
                <Clock size={12} role="img" aria-label={t('message.status.queued')} />
              </span>
            )}
            <time dateTime={new Date(note.createdAt).toISOString()} title={fullTime(note.createdAt)}>
              {clockTime(note.createdAt)}
            </time>
          </span>
        </header>
        <RichText body={note.body} mentions={mentions} />
      </div>
    </article>
  );
});
