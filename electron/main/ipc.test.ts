/** Calls and events between page and main process. As far as it can be checked without Electron's binary: against a module that records what it is asked. */
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../shared/contract/frames.ts';
import * as electron from '../../test/support/fake-electron.ts';
import type { Application } from '../app/application-types.ts';
import { logTo } from '../app/log.ts';
import { connectPage } from './ipc.ts';

vi.mock('electron', () => import('../../test/support/fake-electron.ts'));

const { asked } = electron;

const silent = logTo({ write: () => undefined });

describe('calls over IPC', () => {
  const contents = new electron.FakeContents();
  const calls: unknown[][] = [];
  let tell: (event: string, data: unknown) => void = () => undefined;
  const application = {
    call: async (...args: unknown[]) => {
      calls.push(args);
      return { ok: true, value: 1 };
    },
    onEvent: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
  } as unknown as Application;
  beforeAll(() => void connectPage(contents as unknown as WebContents, application, silent));

  type Frame = { parent: object | null; origin: string; url: string };
  const own: Frame = { parent: null, origin: 'parley-app://main', url: 'parley-app://main/' };
  const invoke = (frame: Frame | null, name: unknown, input: unknown, sender: object = contents) =>
    electron.ipcMain.invoke(
      CALL_CHANNEL,
      { sender, senderFrame: frame } as unknown as IpcMainInvokeEvent,
      name,
      input,
    );

  test('our page reaches the gate', async () => {
    expect(await invoke(own, 'app.state', {})).toEqual({ ok: true, value: 1 });
    expect(calls).toEqual([['app.state', {}]]);
  });

  test.each([
    ['another window', own, new electron.FakeContents()],
    ['a frame that is gone', null, contents],
    ['a frame inside of the page', { ...own, parent: {} }, contents],
    ['another origin', { ...own, origin: 'https://evil.example' }, contents],
    ['an opaque origin', { ...own, origin: 'null' }, contents],
    ['another address', { ...own, url: 'https://evil.example/' }, contents],
  ])('%s is refused before anything is looked at', async (_what, frame, sender) => {
    calls.length = 0;
    const result = await invoke(frame, 'app.state', {}, sender);
    expect(result).toMatchObject({ ok: false, error: { kind: 'forbidden_sender' } });
    expect(calls).toEqual([]);
  });

  test('a name that is no text is an unknown call', async () => {
    for (const name of [null, 7, {}, ['app.state']]) {
      expect(await invoke(own, name, {})).toMatchObject({ ok: false, error: { kind: 'unknown_call' } });
    }
  });

  test('events go to the page on their one channel, and none to a page that is gone', () => {
    asked.sent.length = 0;
    tell('app.state', { phase: 'locked' });
    contents.destroyed = true;
    tell('app.state', { phase: 'locked' });
    expect(asked.sent).toEqual([[EVENT_CHANNEL, 'app.state', { phase: 'locked' }]]);
  });
});
