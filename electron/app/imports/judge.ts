/** What a row of an import would do: make somebody, change somebody, nothing, or nothing because it is bad. Judged, not done. */
import type { ImportOptions } from '../../../shared/contract/imports.ts';
import { ChannelKind } from '../../../shared/domain/channel.ts';
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import type { Contact, ContactPatch } from '../../../shared/domain/contact.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { Label } from '../../../shared/domain/workspace.ts';
import { foldWord } from '../../../shared/text/fold.ts';
import { formatPhone } from '../../../shared/text/phone.ts';
import type { ImportChange } from '../../cache/imports/types.ts';
import type { ImportRow } from '../../transfer/contact.ts';
import { checkPatch } from '../contacts/check-patch.ts';
import { differenceOf } from '../contacts/contact-steps.ts';
import { fieldByKey } from './targets.ts';

export type Verdict = {
  verdict: 'create' | 'update' | 'skip' | 'bad';
  name: string;
  contactId: string | null;
  /** Of what is wrong or worth knowing: a code that the page has words for. */
  reason: string | null;
  /** Part of the row that it is about (`phones`, `emails`, `field:ID`, …). */
  part: string | null;
  /** Ids are made here, so that doing it twice does it once. */
  change: ImportChange | null;
};

export type JudgeRules = {
  options: Pick<ImportOptions, 'region' | 'known' | 'labelIds'>;
  fields: readonly ContactField[];
  labels: readonly Label[];
  /** Consent is said to come from this file. */
  fileName: string;
  now: number;
};

/** A row with its values checked. */
export type CheckedRow =
  | { ok: true; row: ImportRow; patch: ContactPatch; note: string | null }
  | { ok: false; verdict: Verdict };

const LONGEST = { name: 200, company: 200, note: 10_000 } as const;
const MOST_ITEMS = 20;

export function bad(name: string, reason: string, part: string | null): Verdict {
  return { verdict: 'bad', name, contactId: null, reason, part, change: null };
}

export function skipped(name: string, reason: string, contactId: string | null): Verdict {
  return { verdict: 'skip', name, contactId, reason, part: null, change: null };
}

/** The row as a patch in canonical values, or why not. */
export function checkRow(row: ImportRow, rules: JudgeRules): CheckedRow {
  const wrong = (reason: string, part: string): CheckedRow => ({
    ok: false,
    verdict: bad(row.name, reason, part),
  });
  for (const part of ['name', 'company', 'note'] as const) {
    if ((row[part]?.length ?? 0) > LONGEST[part]) return wrong('value_too_long', part);
  }
  for (const part of ['phones', 'emails'] as const) {
    if (row[part].length > MOST_ITEMS) return wrong('too_many_items', part);
  }
  const values: Record<string, string | null> = {};
  for (const [key, value] of Object.entries(row.fields)) {
    const field = fieldByKey(key, rules.fields);
    if (field === null) return wrong('unknown_field', key);
    values[field.id] = value;
  }
  const { labelIds, unknown } = labelsOf(row, rules);
  const typed: ContactPatch = {
    ...(row.name.trim() === '' ? {} : { name: row.name }),
    ...(row.company === null ? {} : { company: row.company }),
    ...(row.phones.length === 0 ? {} : { phones: row.phones }),
    ...(row.emails.length === 0 ? {} : { emails: row.emails }),
    ...(row.language === null ? {} : { language: row.language }),
    ...(row.timeZone === null ? {} : { timeZone: row.timeZone }),
    ...(row.note === null ? {} : { note: row.note }),
    ...(row.blocked === null ? {} : { blocked: row.blocked }),
    ...(labelIds.length === 0 ? {} : { labelIds }),
    ...(Object.keys(values).length === 0 ? {} : { fields: values }),
  };
  const checked = checkPatch(typed, { region: rules.options.region, fields: rules.fields });
  if (!checked.ok) return wrong(checked.bad.reason, checked.bad.name);
  return { ok: true, row, patch: withFirsts(checked.patch), note: unknown ? 'unknown_label' : null };
}

/** The first number and address stand by themselves. */
function withFirsts(patch: ContactPatch): ContactPatch {
  const { phones, emails, ...rest } = patch;
  const [phone, ...furtherPhones] = phones ?? [];
  const [email, ...furtherEmails] = emails ?? [];
  return {
    ...rest,
    ...(phone === undefined ? {} : { phone, phones: furtherPhones }),
    ...(email === undefined ? {} : { email, emails: furtherEmails }),
  };
}

/** Labels are made by people, not by files: a name that nobody uses is left out. */
function labelsOf(row: ImportRow, { labels, options }: JudgeRules): { labelIds: string[]; unknown: boolean } {
  const ids = new Set(options.labelIds);
  let unknown = false;
  for (const name of row.labels) {
    const folded = foldWord(name.trim());
    const label = labels.find((one) => !one.deleted && foldWord(one.name.trim()) === folded);
    if (label === undefined) unknown = true;
    else ids.add(label.id);
  }
  return { labelIds: [...ids].slice(0, 100), unknown };
}

/** What becomes of a row that fits. `known`: who it is about; null: nobody who is here. */
export function judge(
  checked: Extract<CheckedRow, { ok: true }>,
  known: Contact | null,
  rules: JudgeRules,
): Verdict {
  const { row, patch, note } = checked;
  if (known === null) {
    const contactId = newId();
    const name =
      patch.name ??
      patch.company ??
      (patch.phone == null ? patch.email : formatPhone(patch.phone, 'international')) ??
      '';
    if (name === '') return bad('', 'empty_contact', null);
    const contact = { contactId, create: true, patch: { ...patch, name } };
    const change = { contact, consents: consentsOf(row, contactId, rules) };
    return { verdict: 'create', name, contactId, reason: note, part: null, change };
  }
  const { name, id: contactId } = known;
  if (known.restriction !== null) return skipped(name, 'restricted', contactId);
  if (rules.options.known === 'skip') return skipped(name, 'known', contactId);
  const wanted = rules.options.known === 'fill' ? missingOf(known, patch) : replacedOf(known, patch);
  const difference = differenceOf(known, wanted);
  const consents = consentsOf(row, contactId, rules);
  if (difference === null && consents.length === 0) return skipped(name, 'nothing_new', contactId);
  const contact = { contactId, create: false, patch: difference?.change ?? {} };
  const change = { contact, consents };
  return { verdict: 'update', name, contactId, reason: note, part: null, change };
}

/** Only what the person does not have yet; further numbers and addresses are added. */
function missingOf(known: Contact, patch: ContactPatch): ContactPatch {
  const missing: ContactPatch = {};
  for (const key of ['company', 'language', 'timeZone'] as const) {
    if (patch[key] != null && known[key] === null) missing[key] = patch[key];
  }
  if (patch.note !== undefined && known.note === '') missing.note = patch.note;
  if (patch.blocked === true) missing.blocked = true;
  const phones = added([known.phone, ...known.phones], [patch.phone, ...(patch.phones ?? [])]);
  if (phones !== null) Object.assign(missing, { phone: phones[0], phones: phones.slice(1) });
  const emails = added([known.email, ...known.emails], [patch.email, ...(patch.emails ?? [])]);
  if (emails !== null) Object.assign(missing, { email: emails[0], emails: emails.slice(1) });
  if (patch.labelIds !== undefined) missing.labelIds = [...new Set([...known.labelIds, ...patch.labelIds])];
  const fields = Object.entries(patch.fields ?? {}).filter(([id]) => known.fields[id] === undefined);
  if (fields.length > 0) missing.fields = Object.fromEntries(fields);
  return missing;
}

/** What the file says; numbers, addresses and labels of before stay behind it. */
function replacedOf(known: Contact, patch: ContactPatch): ContactPatch {
  const wanted: ContactPatch = { ...patch };
  const phones = added([patch.phone, ...(patch.phones ?? [])], [known.phone, ...known.phones]);
  if (patch.phone != null) wanted.phones = (phones ?? [patch.phone, ...(patch.phones ?? [])]).slice(1);
  const emails = added([patch.email, ...(patch.emails ?? [])], [known.email, ...known.emails]);
  if (patch.email != null) wanted.emails = (emails ?? [patch.email, ...(patch.emails ?? [])]).slice(1);
  if (patch.labelIds !== undefined) wanted.labelIds = [...new Set([...known.labelIds, ...patch.labelIds])];
  return wanted;
}

/** The list with what is new in it, at most 21; null: nothing is. */
function added(
  list: readonly (string | null | undefined)[],
  more: readonly (string | null | undefined)[],
): string[] | null {
  const all = new Set(list.filter((one) => one != null));
  const size = all.size;
  for (const one of more) if (one != null) all.add(one);
  return all.size === size ? null : [...all].slice(0, MOST_ITEMS + 1);
}

function consentsOf(
  row: ImportRow,
  contactId: string,
  { fileName, now }: JudgeRules,
): ImportChange['consents'] {
  return row.consent.map(({ purpose, channel, state, at, source }) => ({
    id: newId(),
    contactId,
    purpose,
    channelKind: ChannelKind.safeParse(channel).data ?? null,
    state,
    at: Math.min(at ?? now, now),
    method: 'import',
    source: (source ?? fileName).slice(0, 500),
  }));
}
