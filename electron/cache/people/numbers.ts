/** Part of a telephone number, typed in any notation, as the digits that it may stand for in E.164. */
import { phoneKey } from '../../../shared/text/phone.ts';
import { onlyDigits } from './derive.ts';

/** What numbers are written with. */
const NUMBER = /^[+\d\s()./\u2010-\u2015-]+$/u;
/** Fewer digits are in almost every number. */
const FEWEST = 3;

export function isNumber(typed: string): boolean {
  return NUMBER.test(typed) && onlyDigits(typed).length >= FEWEST;
}

/**
 * Each of them may stand anywhere in a number. Nationally a number begins with a trunk prefix that E.164 leaves out: 0 in most of the world,
 * 8 in Russia and its neighbours, 06 in Hungary, 01 in Mexico (ITU-T E.164 national numbering plans).
 */
export function numberVariants(typed: string): string[] {
  const text = typed.normalize('NFKC').replaceAll(/\(0\)/gu, ' ').trim();
  const digits = onlyDigits(text);
  if (digits === '') return [];
  const variants = new Set<string>();
  if (text.startsWith('+')) variants.add(digits);
  else if (digits.startsWith('00')) variants.add(digits.slice(2));
  else {
    variants.add(digits);
    if (digits.startsWith('0') && digits.length > 3) variants.add(digits.slice(1));
    if (/^0[16]\d{8,}$/u.test(digits)) variants.add(digits.slice(2));
    if (/^8\d{10}$/u.test(digits)) variants.add(digits.slice(1));
  }
  for (const one of variants) variants.add(onlyDigits(phoneKey(`+${one}`)));
  variants.delete('');
  return [...variants];
}
