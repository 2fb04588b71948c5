/** Whether a channel takes a file, before it is uploaded. Every number and type is the channel's own (capabilities). */
import type { Capabilities, UploadKind } from './channel.ts';
import type { MimeType } from './mime.ts';
import { mimeOf, takesMime } from './mime.ts';

/** `mimeType` may be empty or have parameters. `size` in bytes. Without `kind` it is guessed from type and name. */
export type UploadCandidate = {
  kind?: UploadKind;
  mimeType: string;
  size: number;
  fileName: string | null;
};

/**
 * What would work instead. `send_as`: the same file as another kind. `convert`: to one of these types. `shrink`: to so many
 * bytes. `record`: a voice message recorded here is in the right format.
 */
export type UploadAdvice =
  | { type: 'send_as'; kind: UploadKind }
  | { type: 'convert'; mimeTypes: string[] }
  | { type: 'shrink'; maxBytes: number }
  | { type: 'record' };

/** `mimeType` of a good file is to be given to the gateway: the usual name, with codecs where they were known. */
export type UploadVerdict =
  | { ok: true; kind: UploadKind; mimeType: string }
  | {
      ok: false;
      kind: UploadKind;
      /** `empty`: no bytes. `kind`: the channel has no such messages. `type` and `size`: see `allowed` and `maxBytes`. */
      rule: 'empty' | 'kind' | 'type' | 'size';
      mimeType: string;
      allowed: string[];
      maxBytes: number | null;
      instead: UploadAdvice | null;
    };

/** What else the same file could be sent as, the closest first. */
const OTHERWISE: Record<UploadKind, readonly UploadKind[]> = {
  image: ['document'],
  video: ['document'],
  audio: ['document'],
  voice: ['audio', 'document'],
  sticker: ['image', 'document'],
  document: ['image', 'video', 'audio'],
};

/** The kind of message that a file makes when nobody chose one: a picture, a video, a sound, else a document. */
export function guessKind(mimeType: string, fileName: string | null): UploadKind {
  const { type } = mimeOf(mimeType, fileName);
  // Drawings and pages of vectors are files to keep, not photographs.
  if (type === 'image/svg+xml') return 'document';
  const [family] = type.split('/');
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'document';
}

/** The first rule that a file breaks, in the order: empty, kind, type, size. */
export function checkUpload(
  capabilities: Pick<Capabilities, 'uploads'>,
  file: UploadCandidate,
): UploadVerdict {
  const mime = mimeOf(file.mimeType, file.fileName);
  const kind = file.kind ?? guessKind(file.mimeType, file.fileName);
  const mimeType = mime.codecs === null ? mime.type : `${mime.type}; codecs=${mime.codecs}`;
  const rule = brokenRule(capabilities, kind, mime, file.size);
  if (rule === null) return { ok: true, kind, mimeType };
  const limits = capabilities.uploads[kind];
  return {
    ok: false,
    kind,
    rule,
    mimeType,
    allowed: limits?.mimeTypes ?? [],
    maxBytes: limits?.maxBytes ?? null,
    instead: advice(capabilities, kind, mime, file.size, rule),
  };
}

function brokenRule(
  { uploads }: Pick<Capabilities, 'uploads'>,
  kind: UploadKind,
  mime: MimeType,
  size: number,
): 'empty' | 'kind' | 'type' | 'size' | null {
  if (size === 0) return 'empty';
  const limits = uploads[kind];
  if (limits === undefined) return 'kind';
  if (!takesMime(limits.mimeTypes, mime)) return 'type';
  return size > limits.maxBytes ? 'size' : null;
}

function advice(
  capabilities: Pick<Capabilities, 'uploads'>,
  kind: UploadKind,
  mime: MimeType,
  size: number,
  rule: 'empty' | 'kind' | 'type' | 'size',
): UploadAdvice | null {
  if (rule === 'empty') return null;
  if (kind === 'voice' && rule === 'type') return { type: 'record' };
  const other = OTHERWISE[kind].find((it) => brokenRule(capabilities, it, mime, size) === null);
  if (other !== undefined) return { type: 'send_as', kind: other };
  const limits = capabilities.uploads[kind];
  if (limits === undefined) return null;
  if (rule === 'size') return { type: 'shrink', maxBytes: limits.maxBytes };
  return { type: 'convert', mimeTypes: limits.mimeTypes };
}
