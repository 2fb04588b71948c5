import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import { plainSettings } from './report.ts';
import { createSlowStatements } from './slow.ts';

test('each statement once, the slowest first, not without end', () => {
  const slow = createSlowStatements();
  slow.add('SELECT a', 50, 1);
  slow.add('SELECT b', 90, 2);
  slow.add('SELECT a', 70.4, 3);
  expect(slow.list()).toEqual([
    { statement: 'SELECT b', count: 1, worstMs: 90, lastAt: 2 },
    { statement: 'SELECT a', count: 2, worstMs: 70, lastAt: 3 },
  ]);
  for (let index = 0; index < 60; index += 1) slow.add(`SELECT ${index}`, 100 + index, 4);
  expect(slow.list()).toHaveLength(50);
});

test('of settings, words and paths are only said to be set', () => {
  const settings = { ...DEFAULT_SETTINGS, backupFolder: '/home/amira/backups', theme: 'dark' as const };
  expect(plainSettings(settings)).toMatchObject({ theme: 'dark', backupFolder: 'set', undoSendSeconds: 0 });
});
