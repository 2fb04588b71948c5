/**
 * Telephone numbers as people type them, kept as E.164. Lengths and national formats come from libphonenumber's metadata; a number that is
 * merely not assigned today is not refused, because ranges are opened faster than metadata are updated.
 */
import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/min';

export type PhoneProblem = 'not_a_number' | 'unknown_country' | 'too_short' | 'too_long' | 'wrong_length';

/** `region`: ISO 3166 code of the country that the number, or the mistake, belongs to; null where none could be told. */
export type ParsedPhone =
  | { ok: true; e164: string; region: string | null }
  | { ok: false; problem: PhoneProblem; region: string | null };

/**
 * Reads a number in any notation: international (`+49 30 …`, `0049 30 …`), or national as it is written in `region`. Never throws.
 * An extension is left out.
 */
export function parsePhone(text: string, region: string): ParsedPhone {
  const typed = text.normalize('NFKC').trim().replace(/^tel:/iu, '');
  const home = isSupportedCountry(region) ? region : undefined;
  // 00 is the prefix for going abroad in most of the world, but means something else in some countries: only where that is not so.
  const international =
    /^00[1-9]/u.test(typed.replaceAll(/[\s().-]/gu, '')) && home !== 'JP' && home !== 'KR';
  const number = international ? `+${typed.replace(/^0[\s().-]*0/u, '')}` : typed;
  const parsed = parsePhoneNumberFromString(number, {
    ...(home && { defaultCountry: home }),
    extract: false,
  });
  if (parsed?.isPossible() === true) {
    return { ok: true, e164: parsed.number, region: parsed.country ?? null };
  }
  const length = validatePhoneNumberLength(number, { ...(home && { defaultCountry: home }) });
  return {
    ok: false,
    problem: problemOf(length),
    region: number.startsWith('+') ? regionOfPrefix(number) : (home ?? null),
  };
}

function problemOf(length: ReturnType<typeof validatePhoneNumberLength>): PhoneProblem {
  switch (length) {
    case 'TOO_SHORT':
      return 'too_short';
    case 'TOO_LONG':
      return 'too_long';
    case 'INVALID_LENGTH':
      return 'wrong_length';
    case 'INVALID_COUNTRY':
      return 'unknown_country';
    default:
      return 'not_a_number';
  }
}

/** The one country whose calling code an international number begins with; null when several share it, or none has it. */
function regionOfPrefix(number: string): string | null {
  const digits = /^\+[\s().-]*([\d\s().-]+)/u.exec(number)?.[1]?.replaceAll(/\D/gu, '') ?? '';
  for (const length of [1, 2, 3]) {
    const code = digits.slice(0, length);
    const countries = getCountries().filter((country) => getCountryCallingCode(country) === code);
    if (countries.length > 0) return countries.length === 1 ? (countries[0] ?? null) : null;
  }
  return null;
}

/** `+49 30 1234567` or, as it is dialled inside the country, `030 1234567`. What cannot be read is shown as it is. */
export function formatPhone(e164: string, style: 'international' | 'national'): string {
  const parsed = parsePhoneNumberFromString(e164);
  if (parsed === undefined) return e164;
  return style === 'international' ? parsed.formatInternational() : parsed.formatNational();
}

/** As somebody in `region` expects it: nationally at home, internationally abroad. */
export function formatPhoneFor(e164: string, region: string): string {
  const home = isSupportedCountry(region) ? getCountryCallingCode(region) : null;
  const parsed = parsePhoneNumberFromString(e164);
  return formatPhone(e164, parsed?.countryCallingCode === home ? 'national' : 'international');
}

/**
 * One key for all notations of one subscriber. WhatsApp gives some Brazilian mobiles without the ninth digit that they have had since 2016
 * (Anatel resolution 553/2010), and some Mexican ones with the 1 that was dropped in 2019 (IFT numbering plan): those are the same telephone.
 */
export function phoneKey(e164: string): string {
  const brazil = /^\+55(\d{2})9?([6-9]\d{7})$/u.exec(e164);
  if (brazil) return `+55${brazil[1]}9${brazil[2]}`;
  const mexico = /^\+521(\d{10})$/u.exec(e164);
  if (mexico) return `+52${mexico[1]}`;
  return e164;
}
