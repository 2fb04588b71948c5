import { expect, test } from 'vitest';
import type { Settings } from '../../../shared/contract/settings.ts';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { createQueryClient } from './client.ts';
import { keys } from './keys.ts';
import { saveSettings, settingsTold } from './settings.ts';

test('changes in quick succession all count, whatever is told of the earlier ones meanwhile', async () => {
  const client = createQueryClient();
  client.setQueryData(keys.settings, { ...DEFAULT_SETTINGS, undoSendSeconds: 5 });
  const shown = (): number => client.getQueryData<Settings>(keys.settings)?.undoSendSeconds ?? -1;
  const saves: { readonly settings: Settings; readonly done: () => void }[] = [];
  const bridge = {
    call: (_name: string, settings: Settings) =>
      new Promise<unknown>((resolve) => {
        saves.push({ settings, done: () => resolve({}) });
      }),
  } as unknown as Bridge;

  const first = saveSettings(bridge, client, { undoSendSeconds: 6 });
  await saveSettings(bridge, client, { undoSendSeconds: 7 });
  await saveSettings(bridge, client, { undoSendSeconds: shown() + 1 });
  expect(shown()).toBe(8);
  // The main process tells of the first save only now.
  settingsTold(client, saves[0]?.settings ?? DEFAULT_SETTINGS);
  expect(shown()).toBe(8);
  saves[0]?.done();
  await expect.poll(() => saves.length).toBe(2);
  expect(saves[1]?.settings.undoSendSeconds).toBe(8);
  saves[1]?.done();
  await first;
  expect(saves).toHaveLength(2);
  // Nothing is under way any more: another window's change counts.
  settingsTold(client, { ...DEFAULT_SETTINGS, undoSendSeconds: 20 });
  expect(shown()).toBe(20);
  client.clear();
});

test('a change that could not be saved says so, and the next one is saved again', async () => {
  const client = createQueryClient();
  let fails = true;
  const bridge = {
    call: () => (fails ? Promise.reject(new Error('full')) : Promise.resolve({})),
  } as unknown as Bridge;
  await expect(saveSettings(bridge, client, { undoSendSeconds: 6 })).rejects.toThrow('full');
  fails = false;
  await saveSettings(bridge, client, { undoSendSeconds: 7 });
  client.clear();
});
