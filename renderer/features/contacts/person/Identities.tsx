import type { ReactNode } from 'react';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import { shownPhone } from '../../../lib/phoneWords.ts';
import styles from './Person.module.css';
import { Section } from './Section.tsx';

/** How the person is known on each kind of channel: with a number, or without one. */
export function Identities({ contact }: { readonly contact: Contact }): ReactNode {
  if (contact.identities.length === 0) return null;
  return (
    <Section title={t('person.identities')}>
      <ul className={styles['lines']}>
        {contact.identities.map((identity) => (
          <li key={`${identity.channelKind} ${identity.externalId}`} className={styles['lineItem']}>
            <span className={styles['kind']}>{t(`contacts.channel.${identity.channelKind}`)}</span>
            <span className={styles['grow']}>
              {identity.username === null ? null : <bdi dir="ltr">@{identity.username} </bdi>}
              {identity.phone === null ? (
                <span className={styles['quiet']}>{t('person.noNumber')} </span>
              ) : (
                <bdi dir="ltr">{shownPhone(identity.phone)} </bdi>
              )}
              <bdi dir="ltr" className={styles['mono']}>
                {identity.externalId}
              </bdi>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
