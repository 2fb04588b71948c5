/**
 * Words as search sees them: case, accents and width do not matter. Scripts written without spaces (Chinese, Japanese, Thai,
 * Lao, Khmer, Burmese) become overlapping pairs of characters plus the last one alone, so that every character begins a token:
 * then one character is found as a prefix and more of them as a phrase, whatever a dictionary would say.
 * The same function serves the index, the query and the highlights, so that they cannot disagree.
 */

/** A folded word and where it stands in the text, as [start, end) in UTF-16 units. */
export type Token = { text: string; start: number; end: number };

// eslint-disable-next-line no-control-regex -- the point is to ask for the ASCII range
const ASCII = /^[\u0000-\u007f]*$/u;
const ASCII_WORD = /[0-9A-Za-z]+/gu;
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\uff70\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
const HAS_UNSPACED = new RegExp(UNSPACED.source, 'u');
/** Accents, Hebrew points and Arabic vowel signs: left out. Other marks (Indic vowels, kana voicing) are part of the word. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]+/gu;
const NOT_IN_WORD = /[^\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** Letters that have no decomposition in Unicode, as people without them on their keyboard write them. */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  þ: 'th',
};
const STANDALONE = new RegExp(`[${Object.keys(WRITTEN_AS).join('')}]`, 'gu');

/** A text without case, accents and compatibility forms. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(STANDALONE, (letter) => WRITTEN_AS[letter] ?? letter)
    .normalize('NFC')
    .toLowerCase();
}

/** One word as `foldText` has it; what is no letter or number afterwards is left out. */
export function foldWord(word: string): string {
  return ASCII.test(word) ? word.toLowerCase() : foldText(word).replace(NOT_IN_WORD, '');
}

/** All tokens of a text in order. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  if (ASCII.test(text)) {
    for (const match of text.matchAll(ASCII_WORD)) {
      const [word] = match;
      tokens.push({ text: word.toLowerCase(), start: match.index, end: match.index + word.length });
    }
    return tokens;
  }
  for (const match of text.matchAll(WORD)) addWord(tokens, match[0], match.index);
  return tokens;
}

/** The text as it goes into the index: words that the index splits at spaces exactly where `tokenize` does. */
export function indexText(text: string): string {
  if (ASCII.test(text)) return text;
  return tokenize(text)
    .map((token) => token.text)
    .join(' ');
}

/** Whether a token is a piece of a script without spaces. */
export function isUnspaced(token: string): boolean {
  return HAS_UNSPACED.test(token);
}

function addWord(tokens: Token[], word: string, offset: number): void {
  if (!HAS_UNSPACED.test(word)) {
    addPlain(tokens, word, offset);
    return;
  }
  let last = 0;
  for (const run of word.matchAll(UNSPACED)) {
    if (run.index > last) addPlain(tokens, word.slice(last, run.index), offset + last);
    addPairs(tokens, run[0], offset + run.index);
    last = run.index + run[0].length;
  }
  if (last < word.length) addPlain(tokens, word.slice(last), offset + last);
}

function addPlain(tokens: Token[], word: string, start: number): void {
  const text = foldWord(word);
  if (text !== '') tokens.push({ text, start, end: start + word.length });
}

function addPairs(tokens: Token[], run: string, offset: number): void {
  let position = offset;
  const characters = [...run].map((character) => {
    const start = position;
    position += character.length;
    return { text: foldWord(character), start, end: position };
  });
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1];
    const text = character.text + (next?.text ?? '');
    if (text !== '') tokens.push({ text, start: character.start, end: next?.end ?? character.end });
  }
}
