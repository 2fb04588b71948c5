/** Before the end: asked while something unsent would be lost, whichever way it ends. Against a module that records what it is asked. */
import type { Session } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import * as electron from '../../test/support/fake-electron.ts';
import { createLeaving } from './leaving.ts';
import { openWindow } from './window.ts';

vi.mock('electron', () => import('../../test/support/fake-electron.ts'));

const { dialog } = electron;
const STAY = 0;
const QUIT = 1;
const words = () => ({ unsentLost: (count: number) => `${count} lost`, stay: 'Stay', quit: 'Quit' });

beforeEach(() => {
  dialog.questions.length = 0;
  dialog.answer = STAY;
});

test('nothing is asked where nothing is lost', () => {
  expect(createLeaving({ lostOnQuit: () => 0, words }).mayEnd(null)).toBe(true);
  expect(dialog.questions).toEqual([]);
});

test('it is said how much is lost; staying is the first answer, and the one of Escape', () => {
  const leaving = createLeaving({ lostOnQuit: () => 2, words });
  expect(leaving.mayEnd(null)).toBe(false);
  expect(dialog.questions).toEqual([
    { type: 'warning', message: '2 lost', buttons: ['Stay', 'Quit'], defaultId: 0, cancelId: 0 },
  ]);
  dialog.answer = QUIT;
  expect(leaving.mayEnd(null)).toBe(true);
  // The window closes, then the application ends: one question for both.
  expect(leaving.mayEnd(null)).toBe(true);
  expect(dialog.questions).toHaveLength(2);
});

test('a machine that shuts down is not held up', () => {
  const leaving = createLeaving({ lostOnQuit: () => 2, words });
  leaving.withoutAsking();
  expect(leaving.mayEnd(null)).toBe(true);
  expect(dialog.questions).toEqual([]);
});

test('the window asks when it is closed, and stays', async () => {
  const leaving = createLeaving({ lostOnQuit: () => 1, words });
  const session = new electron.FakeSession() as unknown as Session;
  const window = await openWindow({ session, preload: '/p', devTools: false, leaving });
  const close = { preventDefault: vi.fn<() => void>() };
  window.emit('close', close);
  expect(close.preventDefault).toHaveBeenCalledOnce();
  // The page may be made anew, when it is locked, without a question of its own.
  const unload = { preventDefault: vi.fn<() => void>() };
  window.webContents.emit('will-prevent-unload', unload as never);
  expect(unload.preventDefault).toHaveBeenCalledOnce();
  expect(dialog.questions).toHaveLength(1);
  dialog.answer = QUIT;
  const again = { preventDefault: vi.fn<() => void>() };
  window.emit('close', again);
  expect(again.preventDefault).not.toHaveBeenCalled();
});
