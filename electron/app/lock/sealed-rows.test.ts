import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { openRows, sealRows } from './sealed-rows.ts';

const ROWS = {
  drafts: [{ id: 'a', text: 'a word that nobody may find', key: Buffer.from([1, 2, 3]), at: 7, none: null }],
};

test('rows come back as they were, by the key that sealed them alone', () => {
  const key = randomBytes(32);
  const sealed = sealRows(ROWS, key);
  const [row] = openRows(sealed, key)?.['drafts'] ?? [];
  expect(row).toMatchObject({ id: 'a', text: 'a word that nobody may find', at: 7, none: null });
  expect(Buffer.from(row?.['key'] as Uint8Array)).toEqual(Buffer.from([1, 2, 3]));
  expect(openRows(sealed, randomBytes(32))).toBeNull();
});

test('what is kept while it is locked holds no word', () => {
  const sealed = sealRows(ROWS, randomBytes(32));
  expect(Buffer.concat([sealed.nonce, sealed.tag, sealed.data]).includes('nobody may find')).toBe(false);
});
