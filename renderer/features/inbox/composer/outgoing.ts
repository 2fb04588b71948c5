import type { Draft } from '../../../../shared/contract/rows.ts';
import type { Capabilities, UploadKind } from '../../../../shared/domain/channel.ts';
import type { MediaRef, MessageContent } from '../../../../shared/domain/message-content.ts';
import { checkUpload, guessKind } from '../../../../shared/domain/upload-check.ts';

type Attachment = Draft['attachments'][number];

/** One message that comes out of a draft. `text`: it carries the draft's text; `mediaId`: and this file. */
export interface Outgoing {
  readonly content: MessageContent;
  readonly text: boolean;
  readonly mediaId: string | null;
}

/** What a file is sent as: what was chosen, what it looks like, or what else this channel takes it as. */
export function sentAs(
  { media, asDocument }: Pick<Attachment, 'media' | 'asDocument'>,
  capabilities: Pick<Capabilities, 'uploads'>,
): UploadKind {
  if (asDocument === true) return 'document';
  const verdict = checkUpload(capabilities, candidateOf(media));
  return !verdict.ok && verdict.instead?.type === 'send_as' ? verdict.instead.kind : verdict.kind;
}

/** Whether a picture or a video may also go as the file that it is: unchanged, and without a preview. */
export function canBeDocument(
  { media }: Pick<Attachment, 'media'>,
  capabilities: Pick<Capabilities, 'uploads'>,
): boolean {
  const kind = sentAs({ media }, capabilities);
  if (kind !== 'image' && kind !== 'video') return false;
  return checkUpload(capabilities, { ...candidateOf(media), kind: 'document' }).ok;
}

function candidateOf(media: MediaRef): { mimeType: string; size: number; fileName: string | null } {
  return { mimeType: media.mimeType, size: media.size ?? 1, fileName: media.fileName };
}

export function takesCaption(kind: UploadKind): boolean {
  return kind === 'image' || kind === 'video' || kind === 'document';
}

/**
 * The messages of a draft in their order. A single file that can have a caption takes the text as its caption; otherwise the text goes
 * first, and each file has its own.
 */
export function outgoingOf(draft: Draft, capabilities: Pick<Capabilities, 'uploads'>): Outgoing[] {
  const text = draft.text.trim();
  const [only, ...more] = draft.attachments;
  if (only !== undefined && more.length === 0 && takesCaption(sentAs(only, capabilities))) {
    return [{ ...fileMessage({ ...only, caption: text }, capabilities), text: text !== '' }];
  }
  const files = draft.attachments.map((attachment) => fileMessage(attachment, capabilities));
  return text === ''
    ? files
    : [{ content: { kind: 'text', body: text }, text: true, mediaId: null }, ...files];
}

/** What is left of a draft after some of its messages went through. */
export function remainder(draft: Draft, gone: ReadonlyArray<Outgoing>): Draft {
  const sent = new Set(gone.map(({ mediaId }) => mediaId));
  return {
    text: gone.some(({ text }) => text) ? '' : draft.text,
    quotedMessageId: gone.length > 0 ? null : draft.quotedMessageId,
    attachments: draft.attachments.filter(({ media }) => !sent.has(media.id)),
  };
}

/** A draft out of a message that was taken back, or null where a draft cannot hold it (a template). */
export function draftOf(content: MessageContent): Draft | null {
  switch (content.kind) {
    case 'text':
      return { text: content.body, quotedMessageId: null, attachments: [] };
    case 'image':
    case 'video':
    case 'document':
      return {
        text: content.caption ?? '',
        quotedMessageId: null,
        attachments: [
          {
            media: content.media,
            caption: '',
            ...(content.kind === 'document' &&
            guessKind(content.media.mimeType, content.media.fileName) !== 'document'
              ? { asDocument: true }
              : {}),
          },
        ],
      };
    case 'audio':
    case 'voice':
    case 'sticker':
      return { text: '', quotedMessageId: null, attachments: [{ media: content.media, caption: '' }] };
    default:
      return null;
  }
}

function fileMessage(attachment: Attachment, capabilities: Pick<Capabilities, 'uploads'>): Outgoing {
  const { media, caption } = attachment;
  const kind = sentAs(attachment, capabilities);
  const said = caption.trim() === '' ? null : caption.trim();
  return { content: contentOf(kind, media, said), text: false, mediaId: media.id };
}

function contentOf(kind: UploadKind, media: MediaRef, caption: string | null): MessageContent {
  switch (kind) {
    case 'image':
    case 'video':
    case 'document':
      return { kind, media, caption };
    case 'audio':
    case 'voice':
      // What was recorded here says how long it is and how it sounds.
      return media.waveform == null ? { kind: 'audio', media } : { kind: 'voice', media };
    case 'sticker':
      return { kind, media, animated: false };
  }
}
