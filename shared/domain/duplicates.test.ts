import { describe, expect, test } from 'vitest';
import { areCloseNames, duplicateKeys, duplicateReasons } from './duplicates.ts';
import type { Comparable } from './duplicates.ts';

function person(part: Partial<Comparable>): Comparable {
  return { name: '', phone: null, phones: [], email: null, emails: [], identities: [], ...part };
}

function identity(externalId: string, phone: string | null = null) {
  return { channelKind: 'whatsapp' as const, externalId, parentExternalId: null, phone, username: null };
}

describe('reasons', () => {
  test.each<[string, Comparable, Comparable, string[]]>([
    [
      'identity',
      person({ identities: [identity('1')] }),
      person({ identities: [identity('1')] }),
      ['same_identity'],
    ],
    ['number', person({ phone: '+49301' }), person({ phones: ['+49301'] }), ['same_phone']],
    [
      'number of an identity',
      person({ identities: [identity('7', '+49301')] }),
      person({ phone: '+49301' }),
      ['same_phone'],
    ],
    [
      'ninth digit',
      person({ phone: '+5511987654321' }),
      person({ phone: '+551187654321' }),
      ['phone_variant'],
    ],
    [
      "Mexico's 1",
      person({ phone: '+5215512345678' }),
      person({ phone: '+525512345678' }),
      ['phone_variant'],
    ],
    ['address', person({ email: 'A@x.org' }), person({ emails: ['a@X.org '] }), ['same_email']],
    ['name', person({ name: 'María Núñez' }), person({ name: 'Nunez, Maria' }), ['close_name']],
    ['nothing', person({ name: 'Anna' }), person({ name: 'Anna' }), []],
    [
      'several, the strongest first',
      person({ name: 'Jon Smith', phone: '+1', email: 'j@x.org' }),
      person({ name: 'John Smith', phone: '+1', email: 'j@x.org' }),
      ['same_phone', 'same_email', 'close_name'],
    ],
  ])('%s', (_, first, second, reasons) => {
    expect(duplicateReasons(first, second)).toEqual(reasons);
    expect(duplicateReasons(second, first)).toEqual(reasons);
  });
});

test.each([
  ['Jon Smith', 'John Smith', true],
  ['Stephanie Brown', 'Stefanie Brown', true],
  ['Anna Schmidt', 'Anna Schmitt', true],
  ['Ana Li', 'Ada Lu', false],
  ['Peter Miller', 'Petra Müller', false],
  ['Anna', 'Anna', false],
])('%s and %s: close is %s', (first, second, close) => {
  expect(areCloseNames(first, second)).toBe(close);
});

test('whoever is offered shares a key, so that a pass over the keys finds the pair', () => {
  const pairs: [Comparable, Comparable][] = [
    [person({ name: 'Jon Smith' }), person({ name: 'John Smith' })],
    [person({ name: 'Stephanie Brown' }), person({ name: 'Stefanie Brown' })],
    [person({ name: 'Jennifer Lopez' }), person({ name: 'Jennifer Lopes' })],
    [person({ phone: '+5511987654321' }), person({ phone: '+551187654321' })],
    [person({ email: 'A@x.org' }), person({ email: 'a@x.org' })],
  ];
  for (const [first, second] of pairs) {
    const keys = new Set(duplicateKeys(first).map(({ kind, key }) => `${kind} ${key}`));
    expect(duplicateKeys(second).some(({ kind, key }) => keys.has(`${kind} ${key}`))).toBe(true);
    expect(duplicateReasons(first, second)).not.toEqual([]);
  }
});

test.each([
  ['Jennifer Lopez', 'Jennifer Lopes'],
  ['Lopez, Jennifer', 'Jenifer Lópes'],
  ['Marcos Vieira', 'Markos Vieira'],
  ['Enrique Díaz', 'Enrike Dias'],
  ['Walter Schmidt', 'Valter Schmitt'],
  ['Felix Braun', 'Feliks Braun'],
  ['Alicia Gimenez', 'Alisia Jimenez'],
  ['Pablo Ruiz', 'Pavlo Ruiz', false],
  ['Cecilia Weiß', 'Cecilia Weiss'],
])('%s and %s share the key of their names (unless said otherwise)', (first, second, shared = true) => {
  const nameKey = (name: string) => duplicateKeys(person({ name })).map(({ key }) => key);
  expect(nameKey(first)).toHaveLength(1);
  if (shared) expect(nameKey(first)).toEqual(nameKey(second));
  else expect(nameKey(first)).not.toEqual(nameKey(second));
});

test('spelling is folded, names are not: few of many different names share a key', () => {
  const syllables = ['ma', 'ri', 'to', 'ned', 'lop', 'ska', 'ven', 'gur', 'fi', 'hal', 'jun', 'zep'];
  const sizes = new Map<string, number>();
  for (const a of syllables)
    for (const b of syllables)
      for (const c of syllables)
        for (const d of syllables) {
          const [key] = duplicateKeys(person({ name: `${a}${b} ${c}${d}` }));
          if (key !== undefined) sizes.set(key.key, (sizes.get(key.key) ?? 0) + 1);
        }
  expect(Math.max(...sizes.values())).toBeLessThanOrEqual(20);
});
