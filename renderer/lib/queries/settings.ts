import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Settings } from '../../../shared/contract/settings.ts';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import { t } from '../../i18n/t.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { useBridge } from '../bridge/context.ts';
import { callWords } from '../callWords.ts';
import { useNotices } from '../stores/notices.ts';
import { keys } from './keys.ts';

/** Changes some settings: at once on screen, then on the disk. What could not be saved is taken back, and said. */
export function useSaveSettings(): (change: Partial<Settings>) => void {
  const bridge = useBridge();
  const client = useQueryClient();
  return useCallback(
    (change) => {
      saveSettings(bridge, client, change).catch((error: unknown) => {
        useNotices.getState().show(`${t('settings.saveFailed')} ${callWords(error)}`);
      });
    },
    [bridge, client],
  );
}

/** Where something is being saved; `true`: it was changed again meanwhile. */
const saving = new WeakMap<QueryClient, boolean>();

/**
 * One save at a time: what is changed while one is under way goes with the next. Resolves at once for such a change; rejects when the
 * save failed, and then shows again what is on the disk.
 */
export async function saveSettings(
  bridge: Bridge,
  client: QueryClient,
  change: Partial<Settings>,
): Promise<void> {
  const now = (): Settings => client.getQueryData<Settings>(keys.settings) ?? DEFAULT_SETTINGS;
  client.setQueryData<Settings>(keys.settings, { ...now(), ...change });
  if (saving.has(client)) {
    saving.set(client, true);
    return;
  }
  saving.set(client, false);
  // What is being read right now is older than this.
  void client.cancelQueries({ queryKey: keys.settings });
  try {
    do {
      saving.set(client, false);
      // One after the other on purpose: the last one to arrive is the one that stays.
      await bridge.call('settings.save', now());
    } while (saving.get(client) === true);
    saving.delete(client);
  } catch (error) {
    saving.delete(client);
    void client.invalidateQueries({ queryKey: keys.settings });
    throw error;
  }
}

/** The settings as the main process tells them. While something is being saved here, that is newer than what is told. */
export function settingsTold(client: QueryClient, settings: Settings): void {
  if (!saving.has(client)) client.setQueryData(keys.settings, settings);
}
