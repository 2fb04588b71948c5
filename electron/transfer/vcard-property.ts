/** One property of a vCard: name, parameters, value. */
import { isUtf8 } from 'node:buffer';
import type { Decoder } from './encoding.ts';
import { decoderFor } from './encoding.ts';

/** `params` has upper-case keys and the values of TYPE in lower case. `value` is decoded, but still escaped as its kind demands. */
export type VcardProperty = {
  line: number;
  name: string;
  params: ReadonlyMap<string, readonly string[]>;
  value: string;
  unknownCharset: boolean;
};

/** Parameters that vCard 2.1 writes without a name (its section 2.1.2 and 2.1.3). */
const BARE_ENCODINGS = new Set(['QUOTED-PRINTABLE', 'BASE64', '7BIT', '8BIT']);

/** `bytes` is an unfolded line, one character for one byte. Null where it is no property. */
export function parseProperty(bytes: string, line: number, encoding: string): VcardProperty | null {
  const parts = headAndValue(bytes);
  if (parts === null) return null;
  const [full = '', ...rest] = parts.head;
  const name = full
    .slice(full.indexOf('.') + 1)
    .trim()
    .toUpperCase();
  if (!/^[A-Z0-9-]+$/u.test(name)) return null;
  const params = new Map<string, string[]>();
  for (const param of rest) addParam(params, param, encoding);
  const quotedPrintable = params.get('ENCODING')?.some((it) => it.toUpperCase() === 'QUOTED-PRINTABLE');
  const value = quotedPrintable === true ? decodeQuotedPrintable(parts.value) : parts.value;
  const charset = params.get('CHARSET')?.[0] ?? null;
  const decoder = charset === null ? null : cachedDecoder(charset);
  return {
    line,
    name,
    params,
    value: decodeBytes(value, charset !== null && decoder !== null ? charset : encoding),
    unknownCharset: charset !== null && decoder === null,
  };
}

/** The parts before the colon, cut at semicolons, and what is after it. A quote hides both, unless it is never closed. */
function headAndValue(bytes: string): { head: string[]; value: string } | null {
  for (const heedQuotes of [true, false]) {
    const head: string[] = [];
    let from = 0;
    let quoted = false;
    for (let at = 0; at < bytes.length; at += 1) {
      const char = bytes[at];
      if (char === '"' && heedQuotes) quoted = !quoted;
      else if (quoted) continue;
      else if (char === ';') {
        head.push(bytes.slice(from, at));
        from = at + 1;
      } else if (char === ':') {
        head.push(bytes.slice(from, at));
        return { head, value: bytes.slice(at + 1) };
      }
    }
    if (!bytes.includes('"')) return null;
  }
  return null;
}

function addParam(params: Map<string, string[]>, param: string, encoding: string): void {
  const equals = param.indexOf('=');
  if (equals === -1) {
    const bare = param.trim().toUpperCase();
    if (bare === '') return;
    const key = BARE_ENCODINGS.has(bare) ? 'ENCODING' : 'TYPE';
    append(params, key, [key === 'TYPE' ? bare.toLowerCase() : bare]);
    return;
  }
  const key = param.slice(0, equals).trim().toUpperCase();
  const values = splitOutsideQuotes(param.slice(equals + 1)).map((value) => {
    const text = decodeBytes(decodeCaret(value), encoding);
    return key === 'TYPE' ? text.toLowerCase() : text;
  });
  // A quoted list of types, as in TYPE="cell,voice", is common.
  append(params, key, key === 'TYPE' ? values.flatMap((value) => value.split(',')) : values);
}

function append(params: Map<string, string[]>, key: string, values: readonly string[]): void {
  const known = params.get(key);
  if (known === undefined) params.set(key, [...values]);
  else for (const value of values) known.push(value);
}

function splitOutsideQuotes(text: string): string[] {
  const values: string[] = [];
  let value = '';
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      values.push(value);
      value = '';
    } else value += char;
  }
  values.push(value);
  return values;
}

/** RFC 6868 section 3. */
function decodeCaret(text: string): string {
  return text.replace(/\^[n'^]/gu, (pair) => (pair === '^n' ? '\n' : pair === "^'" ? '"' : '^'));
}

/** RFC 2045 section 6.7; what is no escape stands for itself. */
function decodeQuotedPrintable(bytes: string): string {
  return bytes.replace(/=([0-9A-Fa-f]{2})/gu, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/**
 * Text out of bytes. When they are not in the encoding, UTF-8, or else windows-1252: cards of several exporters are often put into one file,
 * and some name a charset that they do not use.
 */
export function decodeBytes(bytes: string, encoding: string): string {
  // oxlint-disable-next-line eslint/no-control-regex -- plain ASCII needs no decoding
  if (/^[\u0000-\u007F]*$/u.test(bytes) && !/^iso-2022/iu.test(encoding)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  // UTF-16 has become UTF-8 before its lines were cut, and what is valid UTF-8 is hardly ever windows-1252.
  if (!/^(?:utf-?(?:8|16)|windows-1252$)/iu.test(encoding)) {
    try {
      return cachedDecoder(encoding)?.decode(buffer) ?? bytes;
    } catch {
      // Not in that encoding: the next ones are tried.
    }
  }
  return isUtf8(buffer) ? buffer.toString('utf8') : (cachedDecoder('windows-1252')?.decode(buffer) ?? bytes);
}

const decoders = new Map<string, Decoder | null>();

/** Labels that exist are few, so the map stays small. */
function cachedDecoder(label: string): Decoder | null {
  const cached = decoders.get(label);
  if (cached !== undefined) return cached;
  const made = decoderFor(label);
  if (made !== null) decoders.set(label, made);
  return made;
}

/** Takes backslashes off a text value. vCard 2.1 knows none for a line break, but its exporters use it. */
export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\([nN\\,;:])/gu, (_, char: string) => (char === 'n' || char === 'N' ? '\n' : char));
}

/** Cuts a value at unescaped separators; the parts are still escaped. */
export function splitValue(value: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === separator) {
      parts.push(value.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(value.slice(from));
  return parts;
}
