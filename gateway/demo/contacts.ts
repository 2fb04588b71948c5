/** What the company knows of its customers besides what they wrote: fields, companies, consent; records that may be one person; a request. */
import type { ContactField } from '../../shared/domain/contact-field.ts';
import type { ConsentMethod } from '../../shared/domain/consent.ts';
import type { Contact, Provenance } from '../../shared/domain/contact.ts';
import { EVERYBODY } from '../../shared/domain/contact-filter.ts';
import { newId } from '../../shared/domain/id.ts';
import type { LibraryContent } from '../../shared/domain/library.ts';
import { isInEu, openRequest } from '../../shared/domain/rights-desk.ts';
import { DAY, HOUR } from '../../shared/domain/time.ts';
import { randomOf } from '../providers/simulator/random.ts';
import type { Random } from '../providers/simulator/random.ts';
import type { Customer } from './cast.ts';
import type { Frame } from './seed.ts';

export type FieldKey = 'city' | 'number' | 'since' | 'interests' | 'size' | 'discount' | 'catalogue' | 'site';

const INTERESTS = ['Lamps', 'Tables', 'Chairs', 'Shelves'];
const SIZES = ['Private', 'Studio', 'Hotel or restaurant', 'Retail'];

/** In the order in which they are shown. */
const FIELDS: Record<FieldKey, Pick<ContactField, 'name' | 'type'> & { choices?: readonly string[] }> = {
  city: { name: 'City', type: 'text' },
  number: { name: 'Customer number', type: 'text' },
  since: { name: 'Customer since', type: 'date' },
  interests: { name: 'Interested in', type: 'choices', choices: INTERESTS },
  size: { name: 'Kind of customer', type: 'choice', choices: SIZES },
  discount: { name: 'Discount (%)', type: 'number' },
  catalogue: { name: 'Paper catalogue', type: 'boolean' },
  site: { name: 'Web site', type: 'link' },
};

const COMPANIES = [
  'Alder & Rowe Interiors',
  'Atelier Nord',
  'Casa Lumbre',
  'Hotel Seeblick',
  'Studio Halden',
  'Bistro Marais',
  'Kontor 21',
  'Galeria Prata',
  'Office of Light',
  'Villa Almeida',
];

const ZONES: Record<string, string> = {
  en: 'Europe/London',
  de: 'Europe/Berlin',
  es: 'Europe/Madrid',
  pt: 'America/Sao_Paulo',
  ar: 'Asia/Dubai',
  he: 'Asia/Jerusalem',
  ja: 'Asia/Tokyo',
};

export type DemoFields = Record<FieldKey, ContactField>;

export function writeFields({ store, ws }: Pick<Frame, 'store' | 'ws'>, at: number): DemoFields {
  const made = Object.entries(FIELDS).map(([key, { name, type, choices = [] }], position) => {
    const field: ContactField = {
      id: newId(at),
      name,
      type,
      choices: choices.map((choice) => ({ id: newId(at), name: choice })),
      position,
      deleted: false,
      rev: 0,
    };
    store.fields.save(ws, field, at);
    return [key, field] as const;
  });
  return Object.fromEntries(made) as DemoFields;
}

/** What is known of a customer besides name, number and language. */
export function knownOf(
  frame: Frame,
  customer: Customer,
  random: Random,
  at: number,
  hasNumber: boolean,
): Partial<Contact> {
  const { fields } = frame;
  const business = random.chance(0.22);
  const company = business ? random.pick(COMPANIES) : null;
  const pick = (key: FieldKey, names: readonly string[]) =>
    fields[key].choices
      .filter(({ name }) => names.includes(name))
      .map(({ id }) => id)
      .join(',');
  const values: Partial<Record<FieldKey, string>> = {
    city: customer.variables.city,
    ...(hasNumber && { number: `C-${10_000 + customer.index * 37}` }),
    ...(random.chance(0.45) && { since: new Date(at).toISOString().slice(0, 10) }),
    ...(random.chance(0.5) && {
      interests: pick(
        'interests',
        INTERESTS.filter(() => random.chance(0.5)),
      ),
    }),
    ...(random.chance(0.7) && { size: pick('size', [business ? random.pick(SIZES.slice(1)) : 'Private']) }),
    ...(business && random.chance(0.6) && { discount: String(random.pick([5, 7.5, 10, 15])) }),
    ...(random.chance(0.4) && { catalogue: random.chance(0.5) ? 'true' : 'false' }),
    ...(company !== null &&
      random.chance(0.6) && {
        site: `https://${company.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')}.example/`,
      }),
  };
  const byId = Object.entries(values).filter(([, value]) => value !== '');
  const by = (source: Provenance['source']): Provenance => ({
    source,
    by: source === 'channel' ? null : frame.userIds.ines,
    at,
  });
  return {
    company,
    timeZone: ZONES[customer.book.language] ?? null,
    fields: Object.fromEntries(byId.map(([key, value]) => [fields[key as FieldKey].id, value])),
    note: NOTES[customer.index] ?? '',
    provenance: {
      name: by('channel'),
      ...(customer.identity.phone !== null && { phone: by('channel') }),
      ...(customer.email !== null && { email: by('agent') }),
      ...(company !== null && { company: by('import') }),
      ...Object.fromEntries(byId.map(([key]) => [`field:${fields[key as FieldKey].id}`, by('import')])),
    },
  };
}

const NOTES: Record<number, string> = {
  3: 'Designs hotel lobbies. Orders in spring and autumn, wants one invoice for each project.',
  8: 'Prefers to be called in the morning.',
  21: 'Met at the fair in Milan.',
};

/** What the customer agreed to, as lines of the ledger. `chance`: from 0 to 1, decides who did. */
export function writeConsent(
  frame: Frame,
  contactId: string,
  customer: Customer,
  chance: number,
  at: number,
): void {
  const record = (
    purpose: 'service' | 'marketing',
    state: 'given' | 'withdrawn',
    method: ConsentMethod,
    source: string,
    when: number,
  ) => {
    const { store, ws } = frame;
    const by = method === 'keyword' || method === 'provider' ? null : frame.userIds.ines;
    const channelKind = state === 'withdrawn' ? null : customer.identity.channelKind;
    store.consents.record(
      ws,
      {
        id: newId(when),
        contactId,
        purpose,
        channelKind,
        state,
        at: when,
        method,
        source,
        recordedBy: by,
        recordedAt: when,
      },
      when,
    );
  };
  const once = Math.min(at + HOUR, frame.now);
  if (chance < 0.42) record('service', 'given', 'web_form', 'Shop checkout', once);
  if (chance < 0.3) record('marketing', 'given', 'web_form', 'Shop checkout', once);
  if (chance > 0.3 && chance < 0.36) record('marketing', 'withdrawn', 'keyword', 'STOP', once);
  // Some have changed their mind since.
  if (chance < 0.03)
    record(
      'marketing',
      'withdrawn',
      'provider',
      'WhatsApp user preferences',
      Math.min(at + 3 * DAY, frame.now),
    );
}

/** People from a fair, and records that may be one person with a customer, each for another reason. */
export function writeMoreContacts(frame: Frame, customers: readonly Customer[], seed: number): void {
  const { store, ws, now, userIds } = frame;
  const random = randomOf(seed, 'more contacts');
  const at = now - 30 * DAY;
  const source: Provenance = { source: 'import', by: userIds.maya, at };
  const add = (fields: Partial<Contact> & { name: string }) => {
    const provenance = Object.fromEntries(
      (['name', 'company', 'phone', 'email'] as const)
        .filter((key) => fields[key] != null)
        .map((key) => [key, source]),
    );
    store.contacts.create(
      ws,
      { ...fields, identities: [], provenance, createdAt: at, createdBy: userIds.maya },
      at,
    );
  };
  const withNumber = customers.filter(({ identity }) => identity.phone !== null);
  const same = withNumber[6];
  if (same !== undefined) add({ name: same.firstName, phone: same.identity.phone, company: 'Atelier Nord' });
  const brazilian = withNumber.find(({ identity }) => /^\+55\d{2}9[6-9]\d{7}$/u.test(identity.phone ?? ''));
  if (brazilian !== undefined) {
    // As it was written before the ninth digit came.
    const phone = (brazilian.identity.phone ?? '').replace(/^(\+55\d{2})9/u, '$1');
    add({ name: brazilian.name, phone });
  }
  const mailed = customers.find(({ email, index }) => email !== null && index > 20);
  if (mailed?.email != null) add({ name: mailed.firstName, email: mailed.email });
  const english = customers.filter(({ book }) => book.language === 'en');
  for (const customer of [english[4], english[11]]) {
    if (customer === undefined) continue;
    const [first = '', ...rest] = customer.name.split(' ');
    add({
      name: [first, ...rest.map((word) => word.replace(/(.)$/u, '$1$1'))].join(' '),
      company: random.pick(COMPANIES),
    });
  }
  FAIR.forEach(([name, company, phone], index) => {
    add({
      name,
      company,
      phone,
      email: `${name.split(' ')[0]?.toLowerCase()}@${index}.example`,
      language: 'en',
    });
  });
}

/** Numbers of the ranges that are kept for stories (Ofcom, Bundesnetzagentur). */
const FAIR: readonly (readonly [string, string, string | null])[] = [
  ['Henrike Vogt', 'Kontor 21', '+493023125101'],
  ['Luis Ferrer', 'Casa Lumbre', '+442079460111'],
  ['Amara Osei', 'Office of Light', '+442079460127'],
  ['Petra Lindner', 'Hotel Seeblick', '+493023125102'],
  ['Noor van Dijk', 'Studio Halden', null],
  ['Jonas Weber', 'Hotel Seeblick', '+493023125103'],
  ['Claire Fontaine', 'Bistro Marais', null],
];

export function segments(frame: Pick<Frame, 'labelIds' | 'fields'>): LibraryContent[] {
  const sort = { by: 'name' as const, descending: false };
  return [
    {
      kind: 'segment',
      title: 'May get offers',
      filter: {
        ...EVERYBODY,
        conditions: [
          { on: 'consent', purpose: 'marketing', state: 'given' },
          { on: 'blocked', is: false },
        ],
      },
      sort,
    },
    {
      kind: 'segment',
      title: 'Companies with a discount',
      filter: {
        ...EVERYBODY,
        conditions: [
          { on: 'company', op: 'not_empty', value: '' },
          { on: 'field', fieldId: frame.fields.discount.id, op: 'more', value: '0' },
        ],
      },
      sort: { by: 'company', descending: false },
    },
    {
      kind: 'segment',
      title: 'VIPs, quiet for a month',
      filter: {
        ...EVERYBODY,
        conditions: [
          { on: 'label', op: 'has', labelId: frame.labelIds.vip },
          { on: 'last_message', op: 'older_than_days', value: 30 },
        ],
      },
      sort: { by: 'last_message', descending: true },
    },
  ];
}

/** Somebody wants to know what is known about them: the clock runs since a few days. */
export function writeRequest(frame: Frame, contactId: string): void {
  const { store, ws, now, userIds } = frame;
  const receivedAt = now - 6 * DAY;
  const request = openRequest(
    {
      id: newId(receivedAt),
      kind: 'access',
      contactId,
      way: 'message',
      details: 'Wants a copy of everything that we have, by e-mail if possible.',
      eu: isInEu(['DE']),
      receivedAt,
      recordedAt: receivedAt + HOUR,
      recordedBy: userIds.maya,
      timeZone: 'Europe/Berlin',
    },
    store.catalogue.policy(ws),
  );
  store.rights.save(ws, request, receivedAt + HOUR);
}
