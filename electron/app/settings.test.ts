import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/contract/settings.ts';
import { logTo } from './log.ts';
import { createSettings, settingsOf } from './settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'parley-settings-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function arrange(write: (file: string, content: string) => Promise<void> = writeFile) {
  const file = path.join(folder, 'settings.json');
  const told: Settings[] = [];
  const lines: string[] = [];
  const log = logTo({ write: (line: string) => void lines.push(line) });
  const store = createSettings({ file, write, log, onChange: (next) => told.push(next) });
  return { file, store, told, lines };
}

test('what is saved is told, and is there at the next start', async () => {
  const { store, told, file } = arrange();
  await store.load();
  expect(store.get()).toEqual(DEFAULT_SETTINGS);
  const mine: Settings = { ...DEFAULT_SETTINGS, theme: 'dark', undoSendSeconds: 0 };
  await store.save(mine);
  expect(told).toEqual([mine]);
  const next = createSettings({
    file,
    write: writeFile,
    log: logTo({ write: () => undefined }),
    onChange: () => {},
  });
  await next.load();
  expect(next.get()).toEqual(mine);
});

test('one save after the other: the last one stays', async () => {
  const { store, file } = arrange();
  const seconds = [1, 2, 3, 4, 5, 6];
  await Promise.all(seconds.map((undoSendSeconds) => store.save({ ...DEFAULT_SETTINGS, undoSendSeconds })));
  expect(store.get().undoSendSeconds).toBe(6);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ undoSendSeconds: 6 });
});

test('what cannot be written changes nothing, and does not stop the next one', async () => {
  let full = true;
  const { store, told } = arrange(async (file, content) => {
    if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    await writeFile(file, content);
  });
  await expect(store.save({ ...DEFAULT_SETTINGS, theme: 'dark' })).rejects.toThrow('no space');
  expect(store.get().theme).toBe('system');
  expect(told).toEqual([]);
  full = false;
  await store.save({ ...DEFAULT_SETTINGS, theme: 'light' });
  expect(store.get().theme).toBe('light');
});

test('a file that cannot be read counts as none', async () => {
  const { store, file, lines } = arrange();
  await writeFile(file, '{"theme": "da');
  await store.load();
  expect(store.get()).toEqual(DEFAULT_SETTINGS);
  expect(lines.join('')).toContain('the settings cannot be read');
});

test('an older or foreign file is filled up entry by entry', () => {
  expect(settingsOf(null)).toEqual(DEFAULT_SETTINGS);
  expect(settingsOf([1])).toEqual(DEFAULT_SETTINGS);
  expect(
    settingsOf({
      theme: 'dark',
      language: 'klingon',
      more: 1,
      notifications: { sound: false, rules: 'all' },
    }),
  ).toEqual({
    ...DEFAULT_SETTINGS,
    theme: 'dark',
    notifications: { ...DEFAULT_SETTINGS.notifications, sound: false },
  });
});
