import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RECOVERY_BYTES, parseRecoveryKey, recoveryGroups, recoveryTypo } from './recovery-key.ts';

const secrets = fc.uint8Array({ minLength: RECOVERY_BYTES, maxLength: RECOVERY_BYTES });
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

test('what is printed is what is typed: lower case, blanks, hyphens, O for 0 and l for 1', () => {
  fc.assert(
    fc.property(secrets, (secret) => {
      const groups = recoveryGroups(secret);
      expect(groups).toHaveLength(8);
      for (const group of groups) expect(group).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}$/);
      const typed = groups.join(' - ').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
      expect(parseRecoveryKey(typed)).toEqual({ secret });
    }),
  );
});

test('every wrong character is named by its group', () => {
  fc.assert(
    fc.property(secrets, fc.nat(39), fc.integer({ min: 1, max: 31 }), (secret, at, shift) => {
      const text = recoveryGroups(secret).join('');
      const wrong = ALPHABET.charAt((ALPHABET.indexOf(text.charAt(at)) + shift) % 32);
      const typed = text.slice(0, at) + wrong + text.slice(at + 1);
      expect(parseRecoveryKey(typed)).toEqual({ typo: { kind: 'group', group: Math.floor(at / 5) + 1 } });
    }),
  );
});

test('neighbours that are swapped within a group are named, and groups in the wrong order', () => {
  fc.assert(
    fc.property(secrets, fc.nat(7), fc.nat(3), (secret, place, at) => {
      const groups = recoveryGroups(secret);
      const group = groups[place] ?? '';
      fc.pre(group.charAt(at) !== group.charAt(at + 1));
      const swapped = group.slice(0, at) + group.charAt(at + 1) + group.charAt(at) + group.slice(at + 2);
      const typed = groups.with(place, swapped).join('-');
      expect(recoveryTypo(typed)).toEqual({ kind: 'group', group: place + 1 });
      const turned = [...groups.slice(1), groups[0] ?? ''].join('-');
      if (new Set(groups).size > 1) expect(recoveryTypo(turned)).not.toBeNull();
    }),
  );
});

test('a part that is right so far has no typo; too short and too long are told', () => {
  const groups = recoveryGroups(new Uint8Array(RECOVERY_BYTES).fill(7));
  expect(recoveryTypo(groups.slice(0, 3).join('-'))).toBeNull();
  expect(parseRecoveryKey(groups.slice(0, 3).join('-'))).toEqual({ typo: { kind: 'length', groups: 3 } });
  expect(parseRecoveryKey(`${groups.join('-')}-0`)).toEqual({ typo: { kind: 'length', groups: 9 } });
  expect(recoveryTypo('0000U')).toEqual({ kind: 'character', group: 1, character: 'U' });
});
