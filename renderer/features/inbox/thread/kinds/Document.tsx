import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { MediaRef } from '../../../../../shared/domain/message-content.ts';
import { fileSize } from '../../../../i18n/format.ts';
import { t } from '../../../../i18n/t.ts';
import { useMedia } from '../../../../lib/queries/hooks.ts';
import { cx } from '../../../../ui/cx.ts';
import { RichText } from '../RichText.tsx';
import styles from './kinds.module.css';
import { mediaUrl } from './mediaUrl.ts';

export interface DocumentProps {
  readonly media: MediaRef;
  readonly caption: string | null;
}

/** A file with its name, type and size; fetched when it is asked for, then saved. */
export function Document({ media, caption }: DocumentProps): ReactNode {
  const [wanted, setWanted] = useState(false);
  const { state, again } = useMedia(media.id, wanted);
  const name = media.fileName ?? t('message.media.file');
  const facts = [typeOf(media), media.size === null ? null : fileSize(media.size)].filter(
    (fact) => fact !== null,
  );
  return (
    <div className={cx(styles['stack'], styles['wide'])}>
      <div className={styles['row']}>
        <span className={styles['tile']} aria-hidden="true">
          <FileText size={18} />
        </span>
        <span className={styles['words']}>
          <span className={styles['title']} dir="auto">
            {name}
          </span>
          <span className={styles['small']}>{facts.join(' · ')}</span>
        </span>
      </div>
      {state === 'ready' ? (
        <a className={styles['plainButton']} href={mediaUrl(media.id)} download={name}>
          {t('message.media.download', { name })}
        </a>
      ) : state === 'failed' ? (
        <span className={styles['small']}>
          {t('message.media.failed')}{' '}
          <button type="button" className={styles['plainButton']} onClick={again}>
            {t('message.media.retry')}
          </button>
        </span>
      ) : (
        <button type="button" className={styles['plainButton']} onClick={() => setWanted(true)}>
          {state === 'loading' ? t('message.media.loading') : t('message.media.fetch')}
        </button>
      )}
      {caption === null ? null : <RichText body={caption} />}
    </div>
  );
}

/** "PDF" from the file's ending, else from its type. */
function typeOf(media: MediaRef): string | null {
  const ending = /\.([a-z0-9]{1,5})$/iu.exec(media.fileName ?? '')?.[1];
  const type = ending ?? media.mimeType.split(/[/;+]/u)[1];
  return type === undefined || type === '' || type === 'octet-stream' ? null : type.toUpperCase();
}
