import { Image as ImageIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { MediaRef } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import { useMedia } from '../../../../lib/queries/hooks.ts';
import { cx } from '../../../../ui/cx.ts';
import { useThreadTools } from '../context.ts';
import { RichText } from '../RichText.tsx';
import styles from './kinds.module.css';
import { mediaBox } from './mediaBox.ts';
import { MediaState } from './MediaState.tsx';
import { mediaUrl } from './mediaUrl.ts';

export interface ImageProps {
  readonly media: MediaRef;
  readonly caption: string | null;
}

export function Image({ media, caption }: ImageProps): ReactNode {
  return (
    <div className={styles['stack']}>
      <Picture
        media={media}
        alt={caption === null ? t('message.media.photo') : t('message.media.photoCaption', { caption })}
      />
      {caption === null ? null : <RichText body={caption} />}
    </div>
  );
}

export interface PictureProps {
  readonly media: MediaRef;
  readonly alt: string;
  /** A sticker stands without a ground. */
  readonly bare?: boolean;
}

/** A picture in a box whose size is known before it is loaded. */
export function Picture({ media, alt, bare = false }: PictureProps): ReactNode {
  const { state, again } = useMedia(media.id, true);
  const [broken, setBroken] = useState(false);
  const shown = state === 'ready' && !broken;
  const failed = broken || state === 'failed';
  const box = bare ? { width: 144, height: 144 } : mediaBox(media.width, media.height);
  return (
    <div
      className={cx(styles['media'], bare && shown && styles['bare'])}
      style={{ inlineSize: box.width, aspectRatio: `${String(box.width)} / ${String(box.height)}` }}
      // A picture has no parts; one that failed has a button.
      {...(shown ? {} : { role: failed ? 'group' : 'img', 'aria-label': alt })}
    >
      {shown ? (
        <Opened mediaId={media.id} alt={alt} opens={!bare}>
          <img
            src={mediaUrl(media.id)}
            alt={alt}
            decoding="async"
            draggable={false}
            onError={() => setBroken(true)}
          />
        </Opened>
      ) : (
        <MediaState
          state={failed ? 'failed' : state === 'idle' ? 'idle' : 'loading'}
          again={() => {
            setBroken(false);
            again();
          }}
          icon={<ImageIcon size={20} />}
        />
      )}
    </div>
  );
}

interface OpenedProps {
  readonly mediaId: string;
  readonly alt: string;
  readonly opens: boolean;
  readonly children: ReactNode;
}

/** A press on a picture opens the viewer; a sticker is what it is. */
function Opened({ mediaId, alt, opens, children }: OpenedProps): ReactNode {
  const { openPicture } = useThreadTools();
  if (!opens) return children;
  return (
    <button
      type="button"
      className={styles['openPicture']}
      aria-label={t('thread.viewer.open', { name: alt })}
      onClick={() => openPicture(mediaId)}
    >
      {children}
    </button>
  );
}
