import type { ReactNode } from 'react';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import { shownPhone } from '../../../lib/phoneWords.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import styles from './Compare.module.css';

const LISTS = ['phones', 'emails', 'labels', 'identities'] as const;
type List = (typeof LISTS)[number];

export interface TogetherProps {
  readonly first: Contact;
  readonly second: Contact;
  readonly result: Contact;
}

/** What both have as lists: nothing is chosen there, all of it is kept. */
export function Together({ first, second, result }: TogetherProps): ReactNode {
  const { labels } = useLookup();
  const items = (contact: Contact, list: List): string[] => {
    switch (list) {
      case 'phones':
        return contact.phones.map(shownPhone);
      case 'emails':
        return contact.emails;
      case 'labels':
        return contact.labelIds.flatMap((id) => labels.get(id)?.name ?? []);
      case 'identities':
        return contact.identities.map(({ channelKind, phone, username, externalId }) => {
          const known = phone === null ? (username ?? externalId) : shownPhone(phone);
          return `${t(`consent.channels.${channelKind}`)}: ${known}`;
        });
    }
  };
  return LISTS.map((list) => {
    const made = items(result, list);
    if (made.length === 0) return null;
    return (
      <tr key={list}>
        <th scope="row">{t(`merging.value.${list}`)}</th>
        {[first, second].map((contact) => (
          <td key={contact.id}>
            <Items items={items(contact, list)} />
          </td>
        ))}
        <td className={styles['result']}>
          <Items items={made} />
          {items(first, list).length > 0 && items(second, list).length > 0 ? (
            <span className={styles['quiet']}>{t('merging.both')}</span>
          ) : null}
        </td>
      </tr>
    );
  });
}

function Items({ items }: { readonly items: ReadonlyArray<string> }): ReactNode {
  if (items.length === 0) return <span className={styles['nothing']}>{t('merging.empty')}</span>;
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>
          <bdi>{item}</bdi>
        </li>
      ))}
    </ul>
  );
}
