import type { ReactNode } from 'react';
import type { ContactDetail } from '../../../../shared/contract/contacts.ts';
import { listTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { useNow } from '../../../lib/useNow.ts';
import styles from './Person.module.css';
import { Section } from './Section.tsx';

/** The person's conversations, the newest first. */
export function Conversations({
  detail,
  onOpen,
}: {
  readonly detail: ContactDetail;
  readonly onOpen: (conversationId: string) => void;
}): ReactNode {
  const now = useNow(60_000);
  const { channels } = useLookup();
  if (detail.conversations.length === 0) return null;
  return (
    <Section title={t('person.conversations')}>
      <ul className={styles['lines']}>
        {detail.conversations
          .toSorted((a, b) => b.activeAt - a.activeAt)
          .map((conversation) => (
            <li key={conversation.id}>
              <button type="button" className={styles['link']} onClick={() => onOpen(conversation.id)}>
                <span className={styles['grow']} dir="auto">
                  {channels.get(conversation.channelId)?.name ?? t('inbox.views.missing')}
                </span>
                <span className={styles['quiet']}>{t(`person.status.${conversation.status}`)}</span>
                <span className={styles['quiet']}>{listTime(conversation.activeAt, now)}</span>
              </button>
            </li>
          ))}
      </ul>
    </Section>
  );
}
