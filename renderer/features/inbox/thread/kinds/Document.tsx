import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MediaRef } from '../../../../../shared/domain/message-content.ts';
import { fileSize } from '../../../../i18n/format.ts';
import { t } from '../../../../i18n/t.ts';
import { cx } from '../../../../ui/cx.ts';
import { useThreadTools } from '../context.ts';
import { RichText } from '../RichText.tsx';
import styles from './kinds.module.css';
import { nameOf, useSave } from './useSave.ts';

export interface DocumentProps {
  readonly media: MediaRef;
  readonly caption: string | null;
}

/** A file with its name, type and size; fetched when it is opened or saved. */
export function Document({ media, caption }: DocumentProps): ReactNode {
  const { openFile } = useThreadTools();
  const { state, save } = useSave(media);
  const name = nameOf(media);
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
      <div className={styles['deeds']}>
        <button
          type="button"
          className={styles['plainButton']}
          aria-label={t('thread.file.openNamed', { name })}
          onClick={() => openFile(media)}
        >
          {t('thread.file.open')}
        </button>
        <button
          type="button"
          className={styles['plainButton']}
          aria-label={t('thread.file.saveNamed', { name })}
          aria-busy={state === 'loading'}
          onClick={save}
        >
          {state === 'loading' ? t('message.media.loading') : t('thread.file.save')}
        </button>
        <span role="status" className={styles['small']}>
          {state === 'failed' ? t('message.media.failed') : ''}
        </span>
      </div>
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
