/** Contacts as a company of a hundred thousand has them: names after what is common, numbers, addresses, labels, values. A function of a number. */
import type { Contact } from '../../shared/domain/contact.ts';
import type { ContactField } from '../../shared/domain/contact-field.ts';
import { mix, uuid7 } from './random.ts';

const FIRST =
  'Anna Boris Carla Dmitri Elena Farid Grace Hugo Ines Jonas Karim Lucía Marek Nadia Oleg Paula Quentin Rosa Sven Tariq Ulla Viktor Wanda Xenia Yusuf Zoë Ana João Müge Åsa'.split(
    ' ',
  );
const LAST =
  'Abel Brandt Costa Duarte Eriksen Ferrari Gómez Haddad Ivanov Jansen Kaya Lindqvist Moreau Novak Okafor Pereira Quist Rossi Schäfer Tanaka Ueda Vogel Weber Xu Yilmaz Zielinski'.split(
    ' ',
  );
const COMPANIES =
  'Kiln Yard,Blue Harbour,Stern & Söhne,Casa Verde,Northgate,Ópera Café,Lumen,Delta Freight'.split(',');

const T0 = 1_700_000_000_000;
const SEED = 0x5eed_c0de;

export const idOf = (k: number): string => uuid7(T0 + k * 1_000, mix(SEED, k), mix(SEED + 1, k));

export const labelIds = Array.from({ length: 8 }, (_, n) => idOf(10_000_000 + n));
export const plan: ContactField = {
  id: idOf(20_000_000),
  name: 'Plan',
  type: 'text',
  choices: [],
  position: 0,
  deleted: false,
  rev: 1,
};
export const score: ContactField = {
  id: idOf(20_000_001),
  name: 'Score',
  type: 'number',
  choices: [],
  position: 1,
  deleted: false,
  rev: 1,
};

export function personNumber(k: number): Contact {
  const dice = mix(SEED + 2, k);
  const [first = '', last = ''] = [FIRST[dice % FIRST.length], LAST[(dice >>> 8) % LAST.length]];
  const middle =
    String.fromCharCode(97 + (k % 26)) + String.fromCharCode(97 + ((k >>> 5) % 26)) + ((k >>> 10) % 100);
  const name = `${first} ${middle} ${last}`;
  const phone = `+4915${100_000_000 + k * 7_919}`;
  const by = { source: 'import', by: null, at: T0 } as const;
  return {
    id: idOf(k),
    name,
    company: dice % 3 === 0 ? (COMPANIES[(dice >>> 4) % COMPANIES.length] ?? null) : null,
    phone,
    phones: [],
    email:
      k % 4 === 3
        ? null
        : `${first}.${last}.${k}@example.test`
            .toLowerCase()
            .normalize('NFKD')
            .replaceAll(/[^a-z0-9.@]/gu, ''),
    emails: [],
    language: ['en', 'de', 'es', 'pt-BR', 'ar'][dice % 5] ?? null,
    timeZone: null,
    fields: k % 2 === 0 ? { [score.id]: String(dice % 1_000) } : { [plan.id]: `plan ${dice % 40}` },
    labelIds: dice % 5 === 0 ? [labelIds[(dice >>> 3) % labelIds.length] ?? ''] : [],
    note: '',
    consent: { state: 'unknown', at: null, source: null },
    blocked: dice % 97 === 0,
    restriction: null,
    identities: [],
    provenance: { name: by, phone: by },
    mergedInto: null,
    deleted: false,
    createdAt: T0 + k * 1_000,
    updatedAt: T0 + k * 1_000,
    rev: 1,
  };
}
