import type { Contact } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import type { Lookup } from '../../../lib/queries/hooks.ts';
import { longDate } from '../words.ts';

/** "From the channel, 3 March 2026"; null where it is not known. `key` as in `Contact.provenance`. */
export function sourceWords(contact: Contact, key: string, lookup: Lookup): string | null {
  const known = contact.provenance[key];
  if (known === undefined) return null;
  const date = longDate(known.at);
  const name = known.by === null ? undefined : lookup.users.get(known.by)?.name;
  switch (known.source) {
    case 'channel':
      return t('person.source.channel', { date });
    case 'agent':
      return t('person.source.agent', { date, name: name ?? t('person.source.somebody') });
    case 'import':
      return t('person.source.import', { date });
    case 'merge':
      return t('person.source.merge', { date });
  }
}
