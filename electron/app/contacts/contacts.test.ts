import { describe, expect, test } from 'vitest';
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import { Contact } from '../../../shared/domain/contact.ts';
import { homeRegion, regionOf } from '../region.ts';
import { checkPatch } from './check-patch.ts';
import { contactSteps, differenceOf } from './contact-steps.ts';

const tier: ContactField = {
  id: 'tier',
  name: 'Tier',
  type: 'choice',
  choices: [{ id: 'gold', name: 'Gold' }],
  position: 0,
  deleted: false,
  rev: 1,
};
const rules = { region: 'DE', fields: [tier, { ...tier, id: 'gone', deleted: true }] };

export function person(changes: Partial<Contact> = {}): Contact {
  return Contact.parse({
    id: 'c1',
    name: 'Ana',
    phone: '+493012345',
    email: null,
    language: null,
    fields: {},
    labelIds: [],
    consent: { state: 'unknown', at: null, source: null },
    blocked: false,
    identities: [],
    createdAt: 1,
    rev: 1,
    ...changes,
  });
}

describe('what was typed', () => {
  test('is kept in its canonical form', () => {
    const typed = {
      name: '  Ana Souza ',
      company: '  ',
      phone: '030 1234567',
      emails: ['A@Example.org', 'a@example.org', ' '],
      language: 'pt-br',
      timeZone: 'America/Sao_Paulo',
      fields: { tier: 'gold', gone: null },
    };
    expect(checkPatch(typed, rules)).toEqual({
      ok: true,
      patch: {
        name: 'Ana Souza',
        company: null,
        phone: '+49301234567',
        emails: ['a@example.org'],
        language: 'pt-BR',
        timeZone: 'America/Sao_Paulo',
        fields: { tier: 'gold', gone: null },
      },
    });
  });

  test.each([
    [{ name: ' ' }, 'name', 'missing'],
    [{ phone: '030' }, 'phone', 'phone:too_short'],
    [{ phones: ['+4930123456', '1'] }, 'phones', 'phone:not_a_number'],
    [{ email: 'ana@' }, 'email', 'not_an_email'],
    [{ language: 'not a tag' }, 'language', 'not_a_language'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone', 'not_a_time_zone'],
    [{ fields: { tier: 'Silver' } }, 'field:tier', 'not_a_choice'],
    [{ fields: { gone: 'Gold' } }, 'field:gone', 'unknown_field'],
  ])('%o does not fit', (typed, name, reason) => {
    const checked = checkPatch(typed, rules);
    expect(checked).toMatchObject({ ok: false, bad: { name } });
    if (!checked.ok && reason !== 'phone:not_a_number') expect(checked.bad.reason).toBe(reason);
  });
});

test('the country of the system counts; the language only where the system names none', () => {
  expect(homeRegion('en-GB', 'de')).toBe('GB');
  expect(homeRegion('de', 'system')).toBe('DE');
  expect(homeRegion('en', 'pt-BR')).toBe('BR');
  expect(regionOf('not a tag')).toBe('');
});

describe('steps', () => {
  test('what is different and what was before, of values, lists and fields', () => {
    const before = person({ phones: ['+4911'], fields: { tier: 'gold' }, labelIds: ['a'] });
    const patch = { phone: '+4911', name: 'Ana', fields: { tier: null, other: 'x' }, labelIds: ['a', 'b'] };
    expect(differenceOf(before, patch)).toEqual({
      change: { phone: '+4911', fields: { tier: null, other: 'x' }, labelIds: ['a', 'b'] },
      before: {
        phone: '+493012345',
        phones: ['+4911'],
        fields: { tier: 'gold', other: null },
        labelIds: ['a'],
      },
    });
    expect(differenceOf(before, { name: 'Ana', labelIds: ['a'] })).toBeNull();
  });

  test('a change and then what was before it gives the same contact again', () => {
    const start = person({ company: 'Lumen', emails: ['b@x.org'], email: 'a@x.org' });
    const difference = differenceOf(start, { company: null, email: 'c@x.org', note: 'hi', blocked: true });
    const applied = { ...start, ...difference?.change } as Contact;
    expect({ ...applied, ...difference?.before }).toEqual(start);
  });

  test('many become commands of five hundred, each with its way back; who stays as they are is left out', () => {
    const people = Array.from({ length: 1201 }, (_, n) => person({ id: `c${n}`, blocked: n === 7 }));
    const { steps, changed } = contactSteps({ type: 'edit', patch: { blocked: true } }, people);
    expect(changed).toBe(1200);
    expect(steps.map(({ intent }) => 'changes' in intent.data && intent.data.changes.length)).toEqual([
      500, 500, 200,
    ]);
    const removed = contactSteps({ type: 'delete' }, people.slice(0, 2));
    expect(removed.steps.map(({ intent, inverse }) => [intent, inverse?.('id')])).toEqual([
      [
        { type: 'contacts.delete', data: { contactIds: ['c0', 'c1'], deleted: true } },
        { type: 'contacts.delete', data: { contactIds: ['c0', 'c1'], deleted: false } },
      ],
    ]);
  });
});
