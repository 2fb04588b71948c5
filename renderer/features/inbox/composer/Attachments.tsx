import { CircleSlash, FileText, Film, Music, RotateCw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import type { Draft } from '../../../../shared/contract/rows.ts';
import type { Capabilities } from '../../../../shared/domain/channel.ts';
import type { MediaRef } from '../../../../shared/domain/message-content.ts';
import { guessKind } from '../../../../shared/domain/upload-check.ts';
import { fileSize } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useMedia } from '../../../lib/queries/hooks.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { mediaUrl } from '../thread/kinds/mediaUrl.ts';
import styles from './Attachments.module.css';
import { useDrafts } from './drafts.ts';
import { canBeDocument, sentAs, takesCaption } from './outgoing.ts';
import { adviceWords, refusalWords, uploadKindWord } from './uploadWords.ts';
import type { PendingFile } from './uploads.ts';
import {
  dropPending,
  forgetPreview,
  previewOfMedia,
  retryUpload,
  sendInstead,
  useUploads,
} from './uploads.ts';

export interface AttachmentsProps {
  readonly conversationId: string;
  readonly capabilities: Capabilities;
  readonly draft: Draft;
  readonly onChange: (patch: Partial<Draft>) => void;
  /** The last file was taken out: the focus goes elsewhere. */
  readonly onEmpty: () => void;
}

/** The files of a draft: those that are in, those on their way, and those that the channel does not take, with what would work. */
export function Attachments({
  conversationId,
  capabilities,
  draft,
  onChange,
  onEmpty,
}: AttachmentsProps): ReactNode {
  const bridge = useBridge();
  const drafts = useDrafts();
  const pending = useUploads((state) => state.pending);
  const mine = pending.filter((each) => each.conversationId === conversationId);
  const { attachments } = draft;
  const list = useRef<HTMLUListElement>(null);
  if (attachments.length === 0 && mine.length === 0) return null;

  // The button that was pressed goes; the focus stays with the files, or returns to the text.
  const focusAt = (index: number): void => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const files = [...(list.current?.children ?? [])];
        const buttons = files.at(Math.min(index, files.length - 1))?.querySelectorAll('button');
        const last = buttons === undefined ? undefined : [...buttons].at(-1);
        if (last === undefined) onEmpty();
        else last.focus();
      }),
    );
  };
  const remove = (mediaId: string): void => {
    focusAt(attachments.findIndex(({ media }) => media.id === mediaId));
    onChange({ attachments: attachments.filter(({ media }) => media.id !== mediaId) });
    forgetPreview(mediaId);
    // What cannot be forgotten now is swept later.
    bridge.call('attachment.discard', { mediaId }).catch(() => undefined);
  };
  const change = (mediaId: string, patch: Partial<Draft['attachments'][number]>): void =>
    onChange({
      attachments: attachments.map((each) => (each.media.id === mediaId ? { ...each, ...patch } : each)),
    });

  return (
    <ul ref={list} className={styles['list']} aria-label={t('writing.attach.list')}>
      {attachments.map((attachment) => {
        const { media, caption } = attachment;
        const kind = sentAs(attachment, capabilities);
        const name = media.fileName ?? t('writing.attach.unnamed');
        return (
          <li key={media.id} className={styles['file']}>
            <Thumbnail media={media} />
            <span className={styles['middle']}>
              <span className={styles['name']} dir="auto" title={name}>
                {name}
              </span>
              <span className={styles['facts']}>
                <span>
                  {media.size === null ? null : `${fileSize(media.size)} · `}
                  {t('writing.attach.as', { kind: uploadKindWord(kind) })}
                </span>
                {canBeDocument(attachment, capabilities) ? (
                  <button
                    type="button"
                    className={styles['instead']}
                    onClick={() => change(media.id, { asDocument: kind !== 'document' })}
                  >
                    {t('writing.attach.sendAs', {
                      kind: uploadKindWord(
                        kind === 'document' ? sentAs({ media }, capabilities) : 'document',
                      ),
                    })}
                  </button>
                ) : null}
              </span>
              {attachments.length > 1 && takesCaption(kind) ? (
                <input
                  className={styles['caption']}
                  aria-label={t('writing.attach.caption', { name })}
                  placeholder={t('writing.attach.captionHint')}
                  dir={caption === '' ? undefined : 'auto'}
                  maxLength={Math.min(4096, capabilities.textLimit)}
                  value={caption}
                  onChange={(event) => change(media.id, { caption: event.currentTarget.value })}
                  onBlur={() => drafts.flush(conversationId)}
                />
              ) : null}
            </span>
            <IconButton label={t('writing.attach.remove', { name })} onPress={() => remove(media.id)}>
              <X size={14} />
            </IconButton>
          </li>
        );
      })}
      {mine.map((each, index) => (
        <Pending
          key={each.id}
          pending={each}
          capabilities={capabilities}
          onDropped={() => focusAt(attachments.length + index)}
        />
      ))}
    </ul>
  );
}

function Pending({
  pending,
  capabilities,
  onDropped,
}: {
  readonly pending: PendingFile;
  readonly capabilities: Capabilities;
  readonly onDropped: () => void;
}): ReactNode {
  const drafts = useDrafts();
  const { id, file, state } = pending;
  const instead = state.kind === 'refused' ? state.refusal.instead : null;
  return (
    <li className={styles['file']} data-refused={state.kind === 'refused' || undefined}>
      <span className={styles['thumb']} aria-hidden="true">
        {state.kind === 'refused' ? <CircleSlash size={16} /> : <FileText size={16} />}
      </span>
      <span className={styles['middle']}>
        <span className={styles['name']} dir="auto" title={file.name}>
          {file.name}
        </span>
        {state.kind === 'uploading' ? (
          <Progress label={t('writing.attach.uploading', { name: file.name })} value={state.share} />
        ) : (
          <span className={styles['problem']} role="alert">
            {state.kind === 'failed' ? state.words : refusalWords(state.refusal, file)}{' '}
            {instead === null || instead.type === 'send_as' ? null : adviceWords(instead)}
          </span>
        )}
      </span>
      {instead?.type === 'send_as' ? (
        <Button size="small" onPress={() => sendInstead(drafts, id, capabilities, instead.kind)}>
          {t('writing.attach.instead.send_as', { kind: uploadKindWord(instead.kind) })}
        </Button>
      ) : null}
      {state.kind === 'failed' ? (
        <IconButton label={t('app.retry')} onPress={() => retryUpload(drafts, id, capabilities)}>
          <RotateCw size={14} />
        </IconButton>
      ) : null}
      <IconButton
        label={t('writing.attach.remove', { name: file.name })}
        onPress={() => {
          dropPending(id);
          onDropped();
        }}
      >
        <X size={14} />
      </IconButton>
    </li>
  );
}

function Thumbnail({ media }: { readonly media: MediaRef }): ReactNode {
  const kind = guessKind(media.mimeType, media.fileName);
  return (
    <span className={styles['thumb']} aria-hidden="true">
      {kind === 'image' ? (
        <Picture media={media} />
      ) : kind === 'video' ? (
        <Film size={16} />
      ) : kind === 'audio' ? (
        <Music size={16} />
      ) : (
        <FileText size={16} />
      )}
    </span>
  );
}

function Picture({ media }: { readonly media: MediaRef }): ReactNode {
  const local = previewOfMedia(media.id);
  // After a restart the picture is read back from this machine.
  const { state } = useMedia(media.id, local === null);
  if (local === null && state !== 'ready') return <FileText size={16} />;
  return <img className={styles['picture']} src={local ?? mediaUrl(media.id)} alt="" />;
}
