/** From the page to the gate over Electron's bridge: preload, IPC and application together, with the `electron` module stood in for. */
import type { WebContents } from 'electron';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectPage } from '../../electron/main/ipc.ts';
import { logTo } from '../../electron/app/log.ts';
import { type CallName, calls } from '../../shared/contract/calls.ts';
import { CALL_CHANNEL, CallResult, EVENT_CHANNEL, type PreloadApi } from '../../shared/contract/frames.ts';
import { pageEvents } from '../../shared/contract/events.ts';
import { samples } from '../support/call-samples.ts';
import * as electron from '../support/fake-electron.ts';
import { type World, signIn, startWorld } from '../support/fake-parts.ts';

vi.mock('electron', () => import('../support/fake-electron.ts'));

const names = Object.keys(calls) as CallName[];
const ownFrame = { parent: null, origin: 'parley-app://main', url: 'parley-app://main/' };
const contents = new electron.FakeContents();
/** Whom Electron says that a call comes from. */
let senderFrame: object | null = ownFrame;
let world: World;
let api: PreloadApi;

beforeAll(async () => {
  world = await startWorld();
  connectPage(contents as unknown as WebContents, world.application, logTo({ write: () => undefined }));
  // What Electron does between the two ends: arguments are copied, not shared.
  electron.ipcRenderer.invoke = async (...[channel, ...args]: unknown[]) => {
    const copied = args.map((arg) => structuredClone(arg));
    const answer = await electron.ipcMain.invoke(
      channel as string,
      { sender: contents, senderFrame },
      ...copied,
    );
    return structuredClone(answer);
  };
  contents.send = (channel: unknown, ...args: unknown[]) => {
    electron.ipcRenderer.emit(channel as string, {}, ...args.map((arg) => structuredClone(arg)));
  };
  await import('../../electron/preload/preload.ts');
  api = electron.asked.exposed.parley as PreloadApi;
});
afterAll(() => world.close());

test('the two ends use the channels of the contract', () => {
  expect([CALL_CHANNEL, EVENT_CHANNEL]).toEqual(['parley:call', 'parley:event']);
});

describe('a sender that is not our page is refused, whatever it asks', () => {
  test.each([
    ['a frame that is gone', null],
    ['a frame inside of the page', { ...ownFrame, parent: {} }],
    ['a foreign origin', { ...ownFrame, origin: 'https://evil.example' }],
    ['a foreign address', { ...ownFrame, url: 'https://evil.example/' }],
  ])('%s', async (_what, frame) => {
    senderFrame = frame;
    for (const name of [...names, 'nonsense']) {
      const result = CallResult.parse(await api.call(name, name in samples ? samples[name as CallName] : {}));
      expect(result).toMatchObject({ ok: false, error: { kind: 'forbidden_sender' } });
    }
    senderFrame = ownFrame;
    // Nothing has happened.
    expect(world.application.state().phase).toBe('signed_out');
  });
});

test('every call of the contract arrives at the gate under its own name', async () => {
  for (const name of names) {
    expect(await api.call(name, null)).toMatchObject({ ok: false, error: { kind: 'invalid_input' } });
  }
  expect(await api.call('inbox.views ', {})).toMatchObject({ ok: false, error: { kind: 'unknown_call' } });
});

test('answers and events come back as the contract says', async () => {
  const heard: [string, unknown][] = [];
  const stop = api.listen((event, data) => heard.push([event, data]));
  await signIn(world);
  const state = await api.call('app.state', {});
  expect(state).toMatchObject({ ok: true, value: { phase: 'ready' } });
  stop();
  expect(heard.length).toBeGreaterThan(0);
  for (const [event, data] of heard) {
    expect(pageEvents[event as keyof typeof pageEvents].safeParse(data).success).toBe(true);
  }
  expect(heard.at(-1)).toMatchObject(['app.state', { phase: 'ready' }]);
});
