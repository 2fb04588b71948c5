import { expect, test } from 'vitest';
import type { View } from '../../../shared/contract/rows.ts';
import { viewKey, viewOf } from './keys.ts';

test('every view survives the way through its key', () => {
  const views: View[] = [
    { kind: 'mine' },
    { kind: 'closed' },
    { kind: 'channel', id: 'a-b-c' },
    { kind: 'label', id: 'channel-1' },
  ];
  for (const view of views) expect(viewOf(viewKey(view))).toEqual(view);
});

test('a word that is no view is none', () => {
  expect(viewOf('nonsense')).toBeNull();
  expect(viewOf('channel-')).toBeNull();
  expect(viewOf('toString')).toBeNull();
});
