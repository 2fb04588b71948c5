import { Ban, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ContactRow } from '../../../../shared/contract/contacts.ts';
import type { ContactField } from '../../../../shared/domain/contact-field.ts';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { count, listOf, listTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { shownPhone } from '../../../lib/phoneWords.ts';
import type { Lookup } from '../../../lib/queries/hooks.ts';
import { LabelDot } from '../../../ui/LabelDot.tsx';
import { fieldWords, languageName } from '../words.ts';
import type { Column } from './columns.ts';
import styles from './Table.module.css';

/** What stands in one cell. Texts are plain, so that a row costs little. */
export function cellOf(
  { contact, conversations, lastMessageAt }: ContactRow,
  column: Column,
  lookup: Lookup,
  now: number,
): ReactNode {
  switch (column.id) {
    case 'name':
      return contact.name;
    case 'state':
      return <State contact={contact} />;
    case 'company':
      return contact.company === null ? null : <bdi>{contact.company}</bdi>;
    case 'phone':
      return addressOf(contact);
    case 'email':
      return contact.email === null ? null : <bdi dir="ltr">{contact.email}</bdi>;
    case 'labels':
      return <Labels contact={contact} lookup={lookup} />;
    case 'channels':
      return channelWords(contact);
    case 'consent':
      return t(`contacts.consent.${contact.consent.state}`);
    case 'language':
      return contact.language === null ? null : languageName(contact.language);
    case 'timeZone':
      return contact.timeZone;
    case 'conversations':
      return conversations === 0 ? null : count(conversations);
    case 'lastMessage':
      return lastMessageAt === null ? null : listTime(lastMessageAt, now);
    case 'created':
      return listTime(contact.createdAt, now);
    case 'updated':
      return contact.updatedAt === 0 ? null : listTime(contact.updatedAt, now);
    default:
      return column.field === null ? null : ownValue(contact, column.field);
  }
}

function ownValue(contact: Contact, field: ContactField): string | null {
  const value = contact.fields[field.id];
  return value === undefined ? null : fieldWords(field, value);
}

/** A number, or how somebody without one is known: a name on the channel, else the channel's id. */
export function addressOf(contact: Contact): ReactNode {
  if (contact.phone !== null) return <bdi dir="ltr">{shownPhone(contact.phone)}</bdi>;
  const identity = contact.identities[0];
  if (identity === undefined) return null;
  return (
    <bdi dir="ltr" className={styles['quiet']}>
      {identity.username === null ? identity.externalId : `@${identity.username}`}
    </bdi>
  );
}

function channelWords(contact: Contact): string | null {
  const kinds = [...new Set(contact.identities.map(({ channelKind }) => channelKind))];
  return kinds.length === 0 ? null : listOf(kinds.map((kind) => t(`contacts.channel.${kind}`)));
}

function State({ contact }: { readonly contact: Contact }): ReactNode {
  return (
    <>
      {contact.blocked ? (
        <span className={styles['blocked']}>
          <Ban size={12} aria-hidden="true" />
          {t('contacts.state.blocked')}
        </span>
      ) : null}
      {contact.restriction === null ? null : (
        <span className={styles['restricted']}>
          <Lock size={12} aria-hidden="true" />
          {t('contacts.state.restricted')}
        </span>
      )}
    </>
  );
}

function Labels({ contact, lookup }: { readonly contact: Contact; readonly lookup: Lookup }): ReactNode {
  return contact.labelIds.map((id) => {
    const label = lookup.labels.get(id);
    return label === undefined ? null : (
      <span key={id} className={styles['label']}>
        <LabelDot colour={label.colour} />
        {label.name}
      </span>
    );
  });
}
