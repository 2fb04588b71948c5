import { expect, test } from 'vitest';
import type { KeyRecord } from './record.ts';
import { type KeyEvent, type KeyState, next } from './state.ts';

const record: KeyRecord = {
  version: 2,
  mode: 'file',
  fingerprint: '0'.repeat(32),
  createdAt: 1,
  recovery: null,
};
const states = (): KeyState[] => [
  { at: 'none' },
  { at: 'wrapped', record },
  { at: 'problem', problem: 'missing_key', record, backend: null },
  { at: 'unlocked', record, key: new Uint8Array(32).fill(9) },
];

const table: [KeyEvent, (KeyState['at'] | 'bug')[]][] = [
  [{ type: 'found', record }, ['wrapped', 'wrapped', 'wrapped', 'bug']],
  [
    { type: 'blocked', problem: 'weak_backend', record: null, backend: 'basic_text' },
    ['problem', 'problem', 'problem', 'bug'],
  ],
  [{ type: 'opened', record, key: new Uint8Array(32) }, ['unlocked', 'unlocked', 'unlocked', 'bug']],
  [{ type: 'kept', record }, ['bug', 'bug', 'bug', 'unlocked']],
  [{ type: 'rotated', record, key: new Uint8Array(32) }, ['bug', 'bug', 'bug', 'unlocked']],
  [{ type: 'closed' }, ['none', 'wrapped', 'problem', 'wrapped']],
  [{ type: 'dropped' }, ['none', 'none', 'none', 'none']],
];

test.each(table)('%o', (event, wanted) => {
  const reached = states().map((state) => {
    try {
      return next(state, event).at;
    } catch {
      return 'bug';
    }
  });
  expect(reached).toEqual(wanted);
});

test.each(['closed', 'dropped'] as const)('%s overwrites the key', (type) => {
  const key = new Uint8Array(32).fill(9);
  next({ at: 'unlocked', record, key }, { type });
  expect(key.every((byte) => byte === 0)).toBe(true);
});
