import { CircleCheck, CircleHelp, CircleSlash, OctagonX, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ChannelKind } from '../../../../shared/domain/channel.ts';
import type { ConsentEntry } from '../../../../shared/domain/consent.ts';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { Button } from '../../../ui/Button.tsx';
import { dayWords, momentWords } from '../place/days.ts';
import { currentConsents, PURPOSES, stopOf } from './current.ts';
import styles from './Consent.module.css';
import { ConsentDialog } from './ConsentDialog.tsx';

const ICONS = { given: CircleCheck, withdrawn: CircleSlash, unknown: CircleHelp } as const;

export interface ConsentLedgerProps {
  readonly contact: Contact;
  /** As in the person's detail, newest first. */
  readonly entries: ReadonlyArray<ConsentEntry>;
}

/** What a person agreed to: what holds now, and the ledger it comes from. Entries are only ever added. */
export function ConsentLedger({ contact, entries }: ConsentLedgerProps): ReactNode {
  const lookup = useLookup();
  const [adding, setAdding] = useState(false);
  const kinds = [
    ...new Set<ChannelKind>([
      ...[...lookup.channels.values()].map(({ kind }) => kind),
      ...contact.identities.map(({ channelKind }) => channelKind),
    ]),
  ];
  const now = currentConsents(entries, kinds);
  const stop = stopOf(entries, kinds);
  return (
    <section className={styles['consent']} aria-label={t('consent.title')}>
      <div className={styles['head']}>
        <h2 className={styles['title']}>{t('consent.title')}</h2>
        <Button size="small" variant="ghost" icon={<Plus size={14} />} onPress={() => setAdding(true)}>
          {t('consent.add')}
        </Button>
      </div>
      {stop === null ? null : (
        <p className={styles['stop']}>
          <OctagonX size={14} aria-hidden="true" />
          <span>
            {t('consent.stopped')} <bdi>{stop.source}</bdi>, {dayWords(stop.at)}
          </span>
        </p>
      )}
      <table className={styles['now']} aria-label={t('consent.now')}>
        <thead>
          <tr>
            <th scope="col">{t('consent.purpose')}</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {t(`consent.channels.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PURPOSES.map((purpose) => (
            <tr key={purpose}>
              <th scope="row">{t(`consent.purposes.${purpose}`)}</th>
              {now
                .filter((each) => each.purpose === purpose)
                .map(({ channelKind, state }) => (
                  <td key={channelKind}>
                    <State state={state} />
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
      {entries.length === 0 ? (
        <p className={styles['quiet']}>{t('consent.none')}</p>
      ) : (
        <>
          <h3 className={styles['sub']}>{t('consent.ledger')}</h3>
          <ol className={styles['ledger']} aria-label={t('consent.ledger')}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} by={nameOf(entry, lookup.users)} />
            ))}
          </ol>
          <p className={styles['quiet']}>{t('consent.appendOnly')}</p>
        </>
      )}
      {adding ? <ConsentDialog contact={contact} kinds={kinds} onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

function nameOf({ recordedBy }: ConsentEntry, users: ReadonlyMap<string, { name: string }>): string | null {
  return recordedBy === null ? null : (users.get(recordedBy)?.name ?? t('merging.from.somebody'));
}

function State({ state }: { readonly state: keyof typeof ICONS }): ReactNode {
  const Icon = ICONS[state];
  return (
    <span className={styles['state']} data-state={state}>
      <Icon size={14} aria-hidden="true" />
      {t(`consent.states.${state}`)}
    </span>
  );
}

function Entry({ entry, by }: { readonly entry: ConsentEntry; readonly by: string | null }): ReactNode {
  const date = dayWords(entry.recordedAt);
  return (
    <li className={styles['entry']}>
      <div className={styles['what']}>
        <State state={entry.state} />
        <span>
          {t(`consent.purposes.${entry.purpose}`)} · {t(`consent.channels.${entry.channelKind ?? 'any'}`)}
        </span>
        <time className={styles['when']} dateTime={new Date(entry.at).toISOString()}>
          {momentWords(entry.at)}
        </time>
      </div>
      <div className={styles['how']}>
        {t(`consent.methods.${entry.method}`)} · <bdi>{entry.source}</bdi>
      </div>
      <div className={styles['how']}>
        {by === null ? t('consent.byGateway', { date }) : t('consent.by', { name: by, date })}
      </div>
    </li>
  );
}
