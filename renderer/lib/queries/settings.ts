import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Settings } from '../../../shared/contract/settings.ts';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import { t } from '../../i18n/t.ts';
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
      const before = client.getQueryData<Settings>(keys.settings) ?? DEFAULT_SETTINGS;
      const next = { ...before, ...change };
      client.setQueryData<Settings>(keys.settings, next);
      bridge.call('settings.save', next).catch((error: unknown) => {
        void client.invalidateQueries({ queryKey: keys.settings });
        useNotices.getState().show(`${t('settings.saveFailed')} ${callWords(error)}`);
      });
    },
    [bridge, client],
  );
}
