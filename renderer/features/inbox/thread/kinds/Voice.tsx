import type { ReactNode } from 'react';
import type { MediaRef } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import { Player } from './Player.tsx';

export function Voice({ media }: { readonly media: MediaRef }): ReactNode {
  return <Player media={media} label={t('message.media.voice')} />;
}
