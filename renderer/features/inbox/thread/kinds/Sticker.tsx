import type { ReactNode } from 'react';
import type { MediaRef } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import { Picture } from './Image.tsx';

export function Sticker({
  media,
  animated,
}: {
  readonly media: MediaRef;
  readonly animated: boolean;
}): ReactNode {
  return (
    <Picture
      media={media}
      alt={animated ? t('message.media.animatedSticker') : t('message.media.sticker')}
      bare
    />
  );
}
