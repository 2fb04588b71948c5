/**
 * The recovery key as a person prints and types it: 160 random bits as eight groups of five characters. Four characters of a group are
 * data, the fifth checks the group and its place, so that a typo is named by its group. Alphabet: Crockford's base 32
 * (crockford.com/base32.html), which takes O for 0 and I and L for 1.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DATA = 4;
export const RECOVERY_GROUPS = 8;
export const RECOVERY_GROUP_LENGTH = DATA + 1;
/** Bytes of the secret: 8 groups of 4 characters of 5 bits. */
export const RECOVERY_BYTES = 20;

/** GF(32) with x^5 + x^2 + 1: every single wrong character and every swap of two neighbours changes the check. */
function times(a: number, b: number): number {
  let product = 0;
  let left = a;
  for (let right = b; right > 0; right >>= 1) {
    if ((right & 1) !== 0) product ^= left;
    left <<= 1;
    if ((left & 32) !== 0) left ^= 0b100101;
  }
  return product;
}

/** `place`: 0 for the first group. It counts too, so that two groups in the wrong order do not fit. */
function checkOf(values: readonly number[], place: number): number {
  return values.reduce((sum, value, index) => sum ^ times(value, index + 2), times(place + 1, 7));
}

/** Groups of five characters. @throws TypeError when it has another length. */
export function recoveryGroups(secret: Uint8Array): string[] {
  if (secret.length !== RECOVERY_BYTES) throw new TypeError(`a recovery key has ${RECOVERY_BYTES} bytes`);
  const values: number[] = [];
  let bits = 0;
  let held = 0;
  for (const byte of secret) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      values.push((held >> bits) & 31);
      held &= (1 << bits) - 1;
    }
  }
  return Array.from({ length: RECOVERY_GROUPS }, (_, place) => {
    const part = values.slice(place * DATA, (place + 1) * DATA);
    return [...part, checkOf(part, place)].map((value) => ALPHABET.charAt(value)).join('');
  });
}

/** What is wrong with what was typed. `group`: 1 is the first. */
export type RecoveryTypo =
  /** Fewer or more groups than eight. */
  | { kind: 'length'; groups: number }
  /** A character that no recovery key has. */
  | { kind: 'character'; group: number; character: string }
  /** The group has a typo, or stands in the wrong place. */
  | { kind: 'group'; group: number };

/** Blanks, hyphens and case do not matter. */
function fold(text: string): string {
  return text
    .toUpperCase()
    .replace(/[\s\-–—·.]/gu, '')
    .replace(/O/gu, '0')
    .replace(/[IL]/gu, '1');
}

function valuesOf(group: string, place: number): number[] | RecoveryTypo {
  const values: number[] = [];
  for (const character of group) {
    const value = ALPHABET.indexOf(character);
    if (value === -1) return { kind: 'character', group: place + 1, character };
    values.push(value);
  }
  const check = values.pop();
  if (values.length !== DATA || check !== checkOf(values, place)) return { kind: 'group', group: place + 1 };
  return values;
}

/** The first typo in what has been typed so far (whole groups only), or null. */
export function recoveryTypo(text: string): RecoveryTypo | null {
  const folded = fold(text);
  const whole = Math.min(RECOVERY_GROUPS, Math.floor(folded.length / RECOVERY_GROUP_LENGTH));
  for (let place = 0; place < whole; place += 1) {
    const values = valuesOf(
      folded.slice(place * RECOVERY_GROUP_LENGTH, (place + 1) * RECOVERY_GROUP_LENGTH),
      place,
    );
    if (!Array.isArray(values)) return values;
  }
  const groups = Math.ceil(folded.length / RECOVERY_GROUP_LENGTH);
  return groups > RECOVERY_GROUPS ? { kind: 'length', groups } : null;
}

/** The secret of a typed key, or what is wrong with it. */
export function parseRecoveryKey(text: string): { secret: Uint8Array } | { typo: RecoveryTypo } {
  const typo = recoveryTypo(text);
  if (typo !== null) return { typo };
  const folded = fold(text);
  if (folded.length !== RECOVERY_GROUPS * RECOVERY_GROUP_LENGTH)
    return { typo: { kind: 'length', groups: Math.floor(folded.length / RECOVERY_GROUP_LENGTH) } };
  const secret = new Uint8Array(RECOVERY_BYTES);
  let at = 0;
  let bits = 0;
  let held = 0;
  for (let place = 0; place < RECOVERY_GROUPS; place += 1) {
    const values = valuesOf(
      folded.slice(place * RECOVERY_GROUP_LENGTH, (place + 1) * RECOVERY_GROUP_LENGTH),
      place,
    );
    if (!Array.isArray(values)) return { typo: values };
    for (const value of values) {
      held = (held << 5) | value;
      bits += 5;
      if (bits < 8) continue;
      bits -= 8;
      secret[at] = held >> bits;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  return { secret };
}
