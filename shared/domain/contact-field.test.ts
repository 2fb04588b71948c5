import { expect, test } from 'vitest';
import { checkFieldValue } from './contact-field.ts';
import type { ContactField } from './contact-field.ts';

const choices = [
  { id: '01890000-0000-7000-8000-00000000000a', name: 'Gold' },
  { id: '01890000-0000-7000-8000-00000000000b', name: 'Café' },
];
const of = (type: ContactField['type']) => ({ type, choices });

test.each<[ContactField['type'], string, string]>([
  ['text', '  hello ', 'hello'],
  ['text', '=HYPERLINK("x")', '=HYPERLINK("x")'],
  ['number', '12,50', '12.5'],
  ['number', '-3', '-3'],
  ['date', '2024-02-29', '2024-02-29'],
  ['choice', 'cafe', '01890000-0000-7000-8000-00000000000b'],
  ['choices', 'café; gold', '01890000-0000-7000-8000-00000000000a,01890000-0000-7000-8000-00000000000b'],
  ['boolean', 'Ja', 'true'],
  ['boolean', 'no', 'false'],
  ['link', 'example.org/a b', 'https://example.org/a%20b'],
  ['email', 'Someone@Example.ORG', 'someone@example.org'],
  ['phone', '030 1234567', '+49301234567'],
])('%s: %j is kept as %j', (type, typed, value) => {
  expect(checkFieldValue(of(type), typed, 'DE')).toEqual({ ok: true, value });
});

test.each<[ContactField['type'], string, string]>([
  ['text', 'x'.repeat(4001), 'too_long'],
  ['number', '1.234,5', 'not_a_number'],
  ['number', '1e999', 'not_a_number'],
  ['date', '2023-02-29', 'not_a_date'],
  ['date', '29.02.2024', 'not_a_date'],
  ['choice', 'Silver', 'not_a_choice'],
  ['choices', 'gold, silver', 'not_a_choice'],
  ['boolean', 'perhaps', 'not_yes_or_no'],
  ['link', 'javascript:alert(1)', 'not_a_link'],
  ['link', 'nothing', 'not_a_link'],
  ['email', 'a@b', 'not_an_email'],
  ['phone', '030', 'phone:too_short'],
])('%s: %j is refused as %s', (type, typed, problem) => {
  expect(checkFieldValue(of(type), typed, 'DE')).toEqual({ ok: false, problem });
});
