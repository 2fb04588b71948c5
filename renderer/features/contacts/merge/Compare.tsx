import { Merge, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { DuplicateReason } from '../../../../shared/contract/contacts.ts';
import type { Contact } from '../../../../shared/domain/contact.ts';
import type { MergeChoices } from '../../../../shared/domain/merge.ts';
import { mergedContact } from '../../../../shared/domain/merging.ts';
import { t } from '../../../i18n/t.ts';
import { useContactFields, usePerson } from '../../../lib/queries/contacts.ts';
import { useReady } from '../../../lib/queries/hooks.ts';
import { Button } from '../../../ui/Button.tsx';
import { dayWords } from '../place/days.ts';
import styles from './Compare.module.css';
import { Together } from './Together.tsx';
import { mergeRows } from './rows.ts';
import { useMergeActions } from './useMergeActions.ts';
import { ValueRow } from './ValueRow.tsx';

export interface CompareProps {
  readonly first: Contact;
  readonly second: Contact;
  /** Why they are offered; empty for two that somebody has put together. */
  readonly reasons: ReadonlyArray<DuplicateReason>;
  /** It is decided: merged, or kept apart. */
  readonly onDecided: () => void;
}

/** Two records side by side, value by value, with what a merge would make of them. */
export function Compare({ first, second, reasons, onDecided }: CompareProps): ReactNode {
  const fields = useContactFields();
  const { me } = useReady();
  const [keepsSecond, setKeepsSecond] = useState(false);
  /** Which record a value is taken from, by key; left out: as the merge itself would. */
  const [taken, setTaken] = useState<Readonly<Record<string, 'first' | 'second'>>>({});
  const { merge, keepApart, busy } = useMergeActions(onDecided);
  const [winner, loser] = keepsSecond ? [second, first] : [first, second];
  const going = usePerson(loser.id).data?.conversations.length;
  const rows = mergeRows(first, second, fields);
  const choices: MergeChoices = Object.fromEntries(
    Object.entries(taken).map(([key, side]) => [
      key,
      (side === 'second') === keepsSecond ? 'winner' : 'loser',
    ]),
  );
  const result = mergedContact({ winner, loser, choices, mergedBy: me.id, mergedAt: 0 });
  return (
    <section
      className={styles['compare']}
      aria-label={t('merging.pair', { first: first.name, second: second.name })}
    >
      {reasons.length === 0 ? null : (
        <ul className={styles['reasons']}>
          {reasons.map((reason) => (
            <li key={reason} className={styles['reason']}>
              {t(`merging.reason.${reason}`)}
            </li>
          ))}
        </ul>
      )}
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('merging.field')}</th>
              {[first, second].map((contact) => (
                <th key={contact.id} scope="col">
                  <Head
                    contact={contact}
                    stays={contact === winner}
                    onKeep={() => setKeepsSecond(contact === second)}
                  />
                </th>
              ))}
              <th scope="col" className={styles['result']}>
                {t('merging.result')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ValueRow
                key={row.key}
                row={row}
                first={first}
                second={second}
                result={result}
                onTake={(side) => setTaken((before) => ({ ...before, [row.key]: side }))}
              />
            ))}
            <Together first={first} second={second} result={result} />
          </tbody>
        </table>
      </div>
      <div className={styles['happens']}>
        <h2 className={styles['sub']}>{t('merging.happens')}</h2>
        <ul className={styles['notes']}>
          {going === undefined ? null : (
            <li>
              {going === 0
                ? t('merging.movesNone', { name: loser.name })
                : t('merging.moves', { count: going, name: loser.name })}
            </li>
          )}
          <li>{t('merging.consentNote')}</li>
          {first.blocked === second.blocked ? null : <li>{t('merging.blockedNote')}</li>}
          <li>{t('merging.undoNote')}</li>
        </ul>
      </div>
      <div className={styles['foot']}>
        <Button icon={<UserX size={14} />} onPress={() => keepApart(first, second)}>
          {t('merging.apart')}
        </Button>
        <Button
          variant="primary"
          icon={<Merge size={14} />}
          isPending={busy}
          onPress={() => merge(winner, loser, choices)}
        >
          {t('merging.merge')}
        </Button>
      </div>
    </section>
  );
}

function Head({
  contact,
  stays,
  onKeep,
}: {
  readonly contact: Contact;
  readonly stays: boolean;
  readonly onKeep: () => void;
}): ReactNode {
  return (
    <span className={styles['head']}>
      <a href={`#/contacts/${contact.id}`} className={styles['name']} dir="auto">
        {contact.name}
      </a>
      <span className={styles['quiet']}>{t('merging.record', { date: dayWords(contact.createdAt) })}</span>
      {stays ? (
        <span className={styles['stays']}>{t('merging.stays')}</span>
      ) : (
        <span className={styles['swap']}>
          <span className={styles['quiet']}>{t('merging.goes')}</span>
          <Button size="small" aria-label={`${t('merging.keepFirst')}: ${contact.name}`} onPress={onKeep}>
            {t('merging.keepFirst')}
          </Button>
        </span>
      )}
    </span>
  );
}
