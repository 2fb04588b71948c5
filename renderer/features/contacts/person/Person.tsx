import { Ban, CircleAlert, Gavel, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { usePerson } from '../../../lib/queries/contacts.ts';
import { useHolds } from '../../../lib/queries/holds.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { ConsentLedger } from '../consent/ConsentLedger.tsx';
import { MergeHistory } from '../merge/MergeHistory.tsx';
import { longDate } from '../words.ts';
import { Conversations } from './Conversations.tsx';
import { Details } from './Details.tsx';
import { Files } from './Files.tsx';
import { Identities } from './Identities.tsx';
import { Labels } from './Labels.tsx';
import styles from './Person.module.css';
import { PersonHeader } from './PersonHeader.tsx';
import { Timeline } from './Timeline.tsx';

export interface PersonProps {
  readonly contactId: string;
  /** The person is all there is on screen. */
  readonly alone: boolean;
  readonly onClose: () => void;
  readonly onConversation: (conversationId: string) => void;
}

type Page = 'details' | 'timeline' | 'files';

/** One person: who it is, everything with them, and what can be done. */
export function Person({ contactId, alone, onClose, onConversation }: PersonProps): ReactNode {
  const person = usePerson(contactId);
  const [page, setPage] = useState<Page>('details');
  const [sources, setSources] = useState(false);
  const detail = person.data;
  if (detail === undefined) {
    return person.error === null ? (
      <div className={styles['loading']} aria-busy="true">
        <Skeleton width="50%" height={20} />
        <Skeleton width="80%" />
        <Skeleton width="70%" />
      </div>
    ) : (
      <EmptyState
        icon={<CircleAlert size={24} />}
        text={callWords(person.error)}
        action={<Button onPress={onClose}>{t('person.close')}</Button>}
      />
    );
  }
  const { contact } = detail;
  const veiled = contact.restriction !== null;
  return (
    <div className={styles['person']}>
      <PersonHeader detail={detail} alone={alone} onClose={onClose} onConversation={onConversation} />
      {contact.blocked ? (
        <p className={styles['blocked']}>
          <Ban size={14} aria-hidden="true" />
          {t('person.blocked')}
        </p>
      ) : null}
      {contact.restriction === null ? null : (
        <p className={styles['restricted']}>
          <Lock size={14} aria-hidden="true" />
          <span>
            {t('person.restricted', { date: longDate(contact.restriction.since) })}{' '}
            <bdi>{contact.restriction.reason}</bdi>
          </span>
        </p>
      )}
      <Held contactId={contact.id} />
      <Tabs
        label={t('person.pages')}
        selected={page}
        onSelect={setPage}
        tabs={[
          {
            id: 'details',
            title: t('person.page.details'),
            content: () => (
              <div className={styles['body']}>
                <Labels contact={contact} />
                <Details detail={detail} showSources={sources} />
                <Checkbox isSelected={sources} onChange={setSources}>
                  {t('person.showSources')}
                </Checkbox>
                <Identities contact={contact} />
                <ConsentLedger contact={contact} entries={detail.consents} />
                <Conversations detail={detail} onOpen={onConversation} />
                <MergeHistory merges={detail.merges} />
              </div>
            ),
          },
          {
            id: 'timeline',
            title: t('person.page.timeline'),
            content: () => (veiled ? <Veil /> : <Timeline contactId={contactId} onOpen={onConversation} />),
          },
          {
            id: 'files',
            title: t('person.page.files'),
            content: () => (veiled ? <Veil /> : <Files contactId={contactId} onOpen={onConversation} />),
          },
        ]}
      />
    </div>
  );
}

/** All of the person is kept, whatever its time. */
function Held({ contactId }: { readonly contactId: string }): ReactNode {
  const [hold] = useHolds({ conversationId: null, contactId });
  return hold === undefined ? null : (
    <p className={styles['restricted']}>
      <Gavel size={14} aria-hidden="true" />
      <span>
        {t('hold.held', { date: longDate(hold.reviewAt) })} <bdi>{hold.reason}</bdi>
      </span>
    </p>
  );
}

/** Where contents would be that may only be kept. */
function Veil(): ReactNode {
  return <EmptyState icon={<Lock size={24} />} text={t('person.veiled')} />;
}
