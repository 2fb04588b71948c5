import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { CountryCode } from 'libphonenumber-js/min';
import { describe, expect, test } from 'vitest';
import { formatPhone, formatPhoneFor, parsePhone, phoneKey } from './phone.ts';

describe('a number in any notation', () => {
  test.each([
    ['030 1234567', 'DE', '+49301234567'],
    ['(030) 123-4567', 'DE', '+49301234567'],
    ['+49 (0)30 1234567', 'US', '+49301234567'],
    ['0049 30 1234567', 'DE', '+49301234567'],
    ['00 49 30 1234567', 'FR', '+49301234567'],
    ['٠٣٠ ١٢٣٤٥٦٧', 'DE', '+49301234567'],
    ['tel:+1-213-373-4253', 'DE', '+12133734253'],
    ['(213) 373-4253', 'US', '+12133734253'],
    ['11 98765-4321', 'BR', '+5511987654321'],
  ])('%s typed in %s is %s', (typed, region, e164) => {
    expect(parsePhone(typed, region)).toMatchObject({ ok: true, e164 });
  });

  test("every country's example is read from its national and its international notation", () => {
    let checked = 0;
    for (const country of Object.keys(examples) as CountryCode[]) {
      const example = getExampleNumber(country, examples);
      if (example === undefined) continue;
      checked += 1;
      for (const typed of [example.formatNational(), example.formatInternational(), example.number]) {
        expect(parsePhone(typed, country), `${country}: ${typed}`).toMatchObject({
          ok: true,
          e164: parsePhoneNumberFromString(typed, country)?.number,
        });
      }
    }
    expect(checked).toBeGreaterThan(200);
  });
});

describe('a mistake is named, with its country', () => {
  test.each([
    ['030', 'DE', 'too_short', 'DE'],
    ['+49 30', 'US', 'too_short', 'DE'],
    ['+49 3012345678901234', 'US', 'too_long', 'DE'],
    ['213 373 42', 'US', 'too_short', 'US'],
    ['call me', 'DE', 'not_a_number', 'DE'],
    ['', 'DE', 'not_a_number', 'DE'],
    ['+999 123 456 789', 'DE', 'unknown_country', null],
    ['123456', 'XX', 'unknown_country', null],
  ])('%j typed in %s', (typed, region, problem, of) => {
    expect(parsePhone(typed, region)).toEqual({ ok: false, problem, region: of });
  });

  test('nothing throws', () => {
    for (const typed of ['+', '00', '0'.repeat(5000), '\0', '💥', '+49'.repeat(300)]) {
      expect(parsePhone(typed, 'DE').ok).toBe(false);
    }
  });
});

test('shown nationally at home and internationally abroad', () => {
  expect(formatPhone('+49301234567', 'national')).toBe('030 1234567');
  expect(formatPhoneFor('+49301234567', 'DE')).toBe('030 1234567');
  expect(formatPhoneFor('+49301234567', 'BR')).toBe('+49 30 1234567');
  expect(formatPhone('not a number', 'national')).toBe('not a number');
});

test.each([
  ['+5511987654321', '+551187654321', true],
  ['+551133334444', '+5511933334444', false],
  ['+5215512345678', '+525512345678', true],
  ['+49301234567', '+49301234568', false],
])('%s and %s: one telephone is %s', (a, b, same) => {
  expect(phoneKey(a) === phoneKey(b)).toBe(same);
});
