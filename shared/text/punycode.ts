/** Decoding of internationalised host labels (RFC 3492). Only decoding: encoding is the URL parser's. */

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;

/** The letters behind an `xn--` label, or null when it is none or is broken. */
export function decodeLabel(label: string): string | null {
  if (!/^xn--[a-z0-9-]+$/iu.test(label) || label.length > 63) return null;
  const body = label.slice(4).toLowerCase();
  const split = body.lastIndexOf('-');
  const output = split > 0 ? Array.from(body.slice(0, split), (letter) => letter.charCodeAt(0)) : [];
  let code = 128;
  let index = 0;
  let bias = 72;
  for (let at = split > 0 ? split + 1 : 0; at < body.length;) {
    const before = index;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      if (at >= body.length) return null;
      const digit = digitOf(body.charCodeAt(at));
      at += 1;
      index += digit * weight;
      const threshold = k <= bias ? T_MIN : Math.min(k - bias, T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
      if (weight > 0x7fff_ffff || index > 0x7fff_ffff) return null;
    }
    const count = output.length + 1;
    bias = adapt(index - before, count, before === 0);
    code += Math.floor(index / count);
    index %= count;
    if (code > 0x10_ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    output.splice(index, 0, code);
    index += 1;
  }
  return String.fromCodePoint(...output);
}

function digitOf(unit: number): number {
  return unit >= 97 ? unit - 97 : unit - 48 + 26;
}

function adapt(delta: number, count: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / count);
  let k = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) >> 1) {
    rest = Math.floor(rest / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
