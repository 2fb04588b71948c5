/** Text as lists compare it: case and accents make no difference, and the empty comes as ''. */
// eslint-disable-next-line no-control-regex -- the point is to ask for the ASCII range
const ASCII = /^[\u0000-\u007f]*$/u;
/** Accents, Hebrew points and Arabic vowel signs, as in shared/text/fold.ts. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]+/gu;

export function foldText(text: string | null): string {
  if (text === null) return '';
  const trimmed = text.trim();
  if (ASCII.test(trimmed)) return trimmed.toLowerCase();
  return trimmed.toLowerCase().normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toLowerCase();
}
