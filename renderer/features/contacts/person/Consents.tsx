import { Check, CircleHelp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ContactDetail } from '../../../../shared/contract/contacts.ts';
import { ChannelKind } from '../../../../shared/domain/channel.ts';
import { consentNow, ConsentPurpose } from '../../../../shared/domain/consent.ts';
import { listOf } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { longDate } from '../words.ts';
import styles from './Person.module.css';
import { Section } from './Section.tsx';

const ICONS = { given: Check, withdrawn: X, unknown: CircleHelp } as const;

/** What the person agreed to: what holds now for each purpose, and when it was last said. */
export function Consents({ detail }: { readonly detail: ContactDetail }): ReactNode {
  const { contact, consents } = detail;
  const known = new Set(contact.identities.map(({ channelKind }) => channelKind));
  const kinds = ChannelKind.options.filter((kind) => known.size === 0 || known.has(kind));
  return (
    <Section title={t('person.consent')}>
      <ul className={styles['lines']}>
        {ConsentPurpose.options.map((purpose) => {
          const byState = new Map<'given' | 'withdrawn' | 'unknown', string[]>();
          for (const kind of kinds) {
            const state = consentNow(consents, purpose, kind);
            byState.set(state, [...(byState.get(state) ?? []), t(`contacts.channel.${kind}`)]);
          }
          const last = consents.find((entry) => entry.purpose === purpose);
          return (
            <li key={purpose} className={styles['lineItem']}>
              <span className={styles['kind']}>{t(`person.purpose.${purpose}`)}</span>
              <span className={styles['grow']}>
                {[...byState].map(([state, names]) => {
                  const Icon = ICONS[state];
                  return (
                    <span key={state} className={styles['consent']} data-state={state}>
                      <Icon size={12} aria-hidden="true" />
                      {t(`person.consentState.${state}`)}
                      {byState.size > 1 ? ` (${listOf(names)})` : null}
                    </span>
                  );
                })}
                {last === undefined ? null : (
                  <span className={styles['quiet']}>
                    {t('person.consentSaid', {
                      date: longDate(last.at),
                      method: t(`person.method.${last.method}`),
                    })}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
