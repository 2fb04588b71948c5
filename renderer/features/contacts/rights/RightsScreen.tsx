import { CircleAlert, Plus, Scale } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { clockOf } from '../../../../shared/domain/rights-desk.ts';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useRights } from '../../../lib/queries/rights.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Place } from '../place/Place.tsx';
import split from '../place/Split.module.css';
import { ClockMark } from './ClockMark.tsx';
import { NewRequest } from './NewRequest.tsx';
import { RequestView } from './RequestView.tsx';
import styles from './Rights.module.css';

export interface RightsScreenProps {
  readonly requestId: string | null;
  /** Only requests of this person. */
  readonly contactId: string | null;
  readonly onShow: (requestId: string) => void;
  readonly onShowAll: () => void;
}

/** The rights desk: every request by its due date, and one of them. */
export function RightsScreen({ requestId, contactId, onShow, onShowAll }: RightsScreenProps): ReactNode {
  const { data: rows, error } = useRights(contactId);
  const now = useNow(60_000);
  const [adding, setAdding] = useState(false);
  const open = rows?.filter(({ request }) => clockOf(request, now).state !== 'closed').length ?? 0;
  const add = (
    <Button variant="primary" icon={<Plus size={14} />} onPress={() => setAdding(true)}>
      {t('rights.new')}
    </Button>
  );
  return (
    <Place
      title={t('rights.title')}
      about={rows === undefined || rows.length === 0 ? undefined : t('rights.openOnes', { count: open })}
      tools={
        <>
          {contactId === null ? null : <Button onPress={onShowAll}>{t('rights.showAll')}</Button>}
          {add}
        </>
      }
    >
      <div className={split['panes']} data-chosen={requestId !== null || undefined}>
        <section className={split['side']} aria-label={t('rights.list')}>
          {error === null ? null : <EmptyState icon={<CircleAlert size={24} />} text={callWords(error)} />}
          {rows?.length === 0 ? <EmptyState icon={<Scale size={24} />} text={t('rights.none')} /> : null}
          <ul>
            {rows?.map(({ request, contactName }) => (
              <li key={request.id}>
                <a
                  href={`#/contacts/rights/${request.id}${contactId === null ? '' : `?contact=${contactId}`}`}
                  className={split['entry']}
                  aria-current={request.id === requestId ? 'true' : undefined}
                >
                  <span className={styles['entryHead']}>
                    <span className={split['entryTitle']} dir="auto">
                      {contactName ?? t('rights.erased')}
                    </span>
                    <span className={split['entryText']}>{t(`rights.right.${request.kind}`)}</span>
                  </span>
                  <ClockMark request={request} now={now} />
                </a>
              </li>
            ))}
          </ul>
        </section>
        <div className={split['main']}>
          {requestId === null ? (
            <EmptyState icon={<Scale size={24} />} text={t('rights.choose')} />
          ) : (
            <>
              <span className={split['back']}>
                <a href="#/contacts/rights" className={styles['link']}>
                  {t('rights.backToList')}
                </a>
              </span>
              <RequestView key={requestId} requestId={requestId} now={now} />
            </>
          )}
        </div>
      </div>
      {adding ? (
        <NewRequest
          contactId={contactId}
          onClose={() => setAdding(false)}
          onOpened={(id) => {
            setAdding(false);
            onShow(id);
          }}
        />
      ) : null}
    </Place>
  );
}
