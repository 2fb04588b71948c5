/** Contacts as a file: who goes in is settled when it is prepared, the bytes are made while they are read. */
import type { z } from 'zod';
import type { CallOutput, Calls } from '../../../shared/contract/calls.ts';
import type { ExportFormat } from '../../../shared/contract/imports.ts';
import type { ConsentEntry } from '../../../shared/domain/consent.ts';
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Label } from '../../../shared/domain/workspace.ts';
import type { ExportContact, TransferConsent } from '../../transfer/contact.ts';
import { writeCsv } from '../../transfer/write-csv.ts';
import { writeJson } from '../../transfer/write-json.ts';
import { writeVcard } from '../../transfer/write-vcard.ts';
import type { Context, Ready } from '../context.ts';
import { failure } from '../failures.ts';
import { contactsOf, selectedIds } from '../contacts/selected.ts';
import { shownValue } from '../rights/bundle-page.ts';
import { utf8 } from './tickets.ts';

const MIME: Record<ExportFormat, string> = {
  csv: 'text/csv',
  vcard: 'text/vcard',
  json: 'application/json',
};
const ENDING: Record<ExportFormat, string> = { csv: 'csv', vcard: 'vcf', json: 'json' };

export async function prepareExport(
  context: Context,
  { selection, sort, format }: z.output<Calls['export.prepare']['input']>,
): Promise<CallOutput<'export.prepare'>> {
  const ready = context.ready();
  const now = context.now();
  const ids: string[] = [];
  let restricted = 0;
  const wanted = await selectedIds(ready.cache.read, selection, now, sort);
  for await (const contacts of contactsOf(ready.cache.read, wanted)) {
    for (const { id, restriction } of contacts) {
      if (restriction === null) ids.push(id);
      else restricted += 1;
    }
  }
  if (ids.length + restricted === 0) throw failure('not_found', 'none of them is on this machine');
  const counts = { contacts: ids.length, restricted };
  // Before anybody can read it: an export that is not in the audit does not happen.
  await context.audit({ action: `contacts.export.${format}`, subjects: [], counts, reason: null });
  const fileName = `contacts-${new Date(now).toISOString().slice(0, 10)}.${ENDING[format]}`;
  const bytes = () => utf8(fileOf(ready, ids, format, now));
  const ticket = context.tickets.issue({ fileName, mimeType: MIME[format], bytes }, now);
  return { ticket, fileName, ...counts };
}

async function* fileOf(
  ready: Ready,
  ids: readonly string[],
  format: ExportFormat,
  exportedAt: number,
): AsyncGenerator<string, void, undefined> {
  const { fields, labels } = await ready.cache.read.directory();
  const live = fields.filter((field) => !field.deleted);
  const contacts = exportContacts(ready, ids, live, labels);
  if (format === 'csv') yield* writeCsv({ contacts, fieldNames: live.map(({ name }) => name) });
  else if (format === 'json') yield* writeJson({ contacts, exportedAt });
  else yield* writeVcard({ contacts });
}

async function* exportContacts(
  { cache }: Ready,
  ids: readonly string[],
  fields: readonly ContactField[],
  labels: readonly Label[],
): AsyncGenerator<ExportContact, void, undefined> {
  for await (const contacts of contactsOf(cache.read, ids)) {
    const contactIds = contacts.map(({ id }) => id);
    const ledger = Map.groupBy(await cache.read.consents({ contactIds }), ({ contactId }) => contactId);
    for (const contact of contacts) {
      // Restricted since it was prepared.
      if (contact.restriction !== null) continue;
      yield exportContact(contact, ledger.get(contact.id) ?? [], fields, labels);
    }
  }
}

export function exportContact(
  contact: Contact,
  consents: readonly ConsentEntry[],
  fields: readonly ContactField[],
  labels: readonly Label[],
): ExportContact {
  const filled = (texts: readonly (string | null)[]) =>
    texts.filter((text) => text !== null && text !== '') as string[];
  const values = fields.flatMap((field): [string, string][] => {
    const value = contact.fields[field.id];
    return value === undefined || value === '' ? [] : [[field.name, shownValue(field, value)]];
  });
  return {
    id: contact.id,
    name: contact.name,
    company: contact.company,
    phones: filled([contact.phone, ...contact.phones]),
    emails: filled([contact.email, ...contact.emails]),
    language: contact.language,
    timeZone: contact.timeZone,
    labels: labels
      .filter(({ id, deleted }) => !deleted && contact.labelIds.includes(id))
      .map(({ name }) => name),
    fields: Object.fromEntries(values),
    note: contact.note === '' ? null : contact.note,
    consent: standingConsents(consents),
    identities: contact.identities,
    blocked: contact.blocked,
    createdAt: contact.createdAt,
  };
}

/** What holds at the moment, by purpose and kind of channel: of a ledger that has the newest first, the first of each. */
function standingConsents(consents: readonly ConsentEntry[]): TransferConsent[] {
  const standing = new Map<string, TransferConsent>();
  for (const { purpose, channelKind: channel, state, at, source } of consents) {
    const key = `${purpose}:${channel ?? ''}`;
    if (!standing.has(key))
      standing.set(key, { purpose, channel, state, at, source: source === '' ? null : source });
  }
  return [...standing.values()];
}
