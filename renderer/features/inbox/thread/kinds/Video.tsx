import { Play, Video as VideoIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { MediaRef } from '../../../../../shared/domain/message-content.ts';
import { playTime } from '../../../../i18n/format.ts';
import { t } from '../../../../i18n/t.ts';
import { useMedia } from '../../../../lib/queries/hooks.ts';
import { RichText } from '../RichText.tsx';
import styles from './kinds.module.css';
import { mediaBox } from './mediaBox.ts';
import { MediaState } from './MediaState.tsx';
import { mediaUrl } from './mediaUrl.ts';

export interface VideoProps {
  readonly media: MediaRef;
  readonly caption: string | null;
}

/** Loaded only when somebody wants to see it. */
export function Video({ media, caption }: VideoProps): ReactNode {
  const [wanted, setWanted] = useState(false);
  const { state, again } = useMedia(media.id, wanted);
  const box = mediaBox(media.width ?? 320, media.height ?? 200);
  return (
    <div className={styles['stack']}>
      <div
        className={styles['media']}
        style={{ inlineSize: box.width, aspectRatio: `${String(box.width)} / ${String(box.height)}` }}
      >
        {state === 'ready' ? (
          // oxlint-disable-next-line jsx-a11y/media-has-caption -- a customer's film has no captions
          <video src={mediaUrl(media.id)} controls autoPlay />
        ) : state === 'idle' ? (
          <button
            type="button"
            className={styles['playVideo']}
            aria-label={t('message.media.playVideo')}
            onClick={() => setWanted(true)}
          >
            <Play size={20} fill="currentColor" />
          </button>
        ) : (
          <MediaState state={state} again={again} icon={<VideoIcon size={20} />} />
        )}
      </div>
      <span className={styles['label']}>
        <VideoIcon size={14} aria-hidden="true" />
        {t('message.kind.video')}
        {media.durationMs == null ? null : ` · ${playTime(media.durationMs / 1000)}`}
      </span>
      {caption === null ? null : <RichText body={caption} />}
    </div>
  );
}
