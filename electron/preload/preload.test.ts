// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { CALL_CHANNEL, EVENT_CHANNEL, type PreloadApi } from '../../shared/contract/frames.ts';
import * as electron from '../../test/support/fake-electron.ts';

vi.mock('electron', () => import('../../test/support/fake-electron.ts'));
await import('./preload.ts');

const { asked } = electron;
const api = asked.exposed.parley as PreloadApi;

test('the page gets one object with exactly three functions', () => {
  expect(Object.keys(asked.exposed)).toEqual(['parley']);
  expect(Object.keys(api).sort()).toEqual(['call', 'listen', 'pathOfDroppedFile']);
  expect(Object.values(api).every((value) => typeof value === 'function')).toBe(true);
});

test('call goes to the one channel', async () => {
  expect(await api.call('app.state', {})).toEqual({ ok: true, value: null });
  expect(asked.invoked).toEqual([[CALL_CHANNEL, 'app.state', {}]]);
});

test('listen hears the one channel, without the event object, until it is stopped', () => {
  const heard: unknown[][] = [];
  const stop = api.listen((...args) => heard.push(args));
  electron.ipcRenderer.emit(EVENT_CHANNEL, { sender: 'secret' }, 'app.state', { phase: 'locked' });
  stop();
  electron.ipcRenderer.emit(EVENT_CHANNEL, {}, 'app.state', { phase: 'ready' });
  expect(heard).toEqual([['app.state', { phase: 'locked' }]]);
  expect(electron.ipcRenderer.listenerCount(EVENT_CHANNEL)).toBe(0);
});

test('the path of a dropped file, and nothing for anything else', () => {
  expect(api.pathOfDroppedFile(new File([''], 'a.png'))).toBe('/home/a.png');
  for (const other of [null, '/etc/passwd', { name: 'a' }]) expect(api.pathOfDroppedFile(other)).toBe('');
});

test('it imports electron and types, nothing else', () => {
  const source = readFileSync(new URL('./preload.ts', import.meta.url), 'utf8');
  const imports = source.match(/^import .*$/gm) ?? [];
  expect(imports).toHaveLength(2);
  expect(imports[0]).toContain("from 'electron'");
  expect(imports[1]).toMatch(/^import type /);
});
