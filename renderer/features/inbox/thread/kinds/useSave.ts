import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MediaRef } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import { useBridge } from '../../../../lib/bridge/context.ts';
import { keys } from '../../../../lib/queries/keys.ts';
import { mediaUrl } from './mediaUrl.ts';

/** The name under which a file is shown and saved. */
export function nameOf(media: MediaRef): string {
  return media.fileName ?? t('message.media.file');
}

/** Saves a file where the user's downloads go, after bringing it to this machine. `save` rejects never; `failed` says so. */
export function useSave(media: MediaRef): { state: 'idle' | 'loading' | 'failed'; save: () => void } {
  const bridge = useBridge();
  const client = useQueryClient();
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const save = (): void => {
    if (state === 'loading') return;
    setState('loading');
    client
      .fetchQuery({
        queryKey: keys.media(media.id),
        queryFn: () => bridge.call('media.load', { mediaId: media.id }),
      })
      .then(
        () => {
          const link = document.createElement('a');
          link.href = mediaUrl(media.id);
          link.download = nameOf(media);
          link.click();
          setState('idle');
        },
        () => setState('failed'),
      );
  };
  return { state, save };
}
