import { create } from 'zustand';
import type { Capabilities, UploadKind } from '../../../../shared/domain/channel.ts';
import type { UploadVerdict } from '../../../../shared/domain/upload-check.ts';
import { checkUpload } from '../../../../shared/domain/upload-check.ts';
import type { MediaRef } from '../../../../shared/domain/message-content.ts';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import type { Drafts } from '../../../lib/stores/drafts.ts';
import { uploadFile } from '../../../lib/upload.ts';

export type Refusal = Extract<UploadVerdict, { ok: false }>;

/** A file on its way into a draft. `refused`: the channel does not take it. */
export interface PendingFile {
  readonly id: number;
  readonly conversationId: string;
  readonly file: File;
  readonly state:
    | { readonly kind: 'uploading'; readonly share: number }
    | { readonly kind: 'refused'; readonly refusal: Refusal }
    | { readonly kind: 'failed'; readonly words: string };
}

/** The contract's bound for one draft. */
export const MOST_FILES = 30;

interface Uploads {
  readonly pending: ReadonlyArray<PendingFile>;
}

/** Files on their way, of all conversations: an upload goes on while another conversation is open. */
export const useUploads = create<Uploads>()(() => ({ pending: [] }));

/** Pictures of files that were chosen here, by media id: the original is at hand, so nothing has to be read back. */
const previews = new Map<string, string>();
const aborts = new Map<number, AbortController>();
/** By media id, when a file was chosen: a small one is there before a large one that comes first. */
const chosenAt = new Map<string, number>();
let nextId = 1;

export function previewOfMedia(mediaId: string): string | null {
  return previews.get(mediaId) ?? null;
}

export function forgetPreview(mediaId: string): void {
  const url = previews.get(mediaId);
  if (url !== undefined) URL.revokeObjectURL(url);
  previews.delete(mediaId);
}

/** Checks each file against the channel, and brings those that fit into the draft. Answers what could not be taken for want of room. */
export function addFiles(
  drafts: Drafts,
  conversationId: string,
  capabilities: Pick<Capabilities, 'uploads'>,
  files: ReadonlyArray<File>,
): { readonly left: number } {
  const waiting = useUploads.getState().pending.filter((each) => each.conversationId === conversationId);
  const room = Math.max(0, MOST_FILES - drafts.get(conversationId).attachments.length - waiting.length);
  for (const file of files.slice(0, room)) {
    const id = nextId;
    nextId += 1;
    const verdict = checkUpload(capabilities, { mimeType: file.type, size: file.size, fileName: file.name });
    const state: PendingFile['state'] = verdict.ok
      ? { kind: 'uploading', share: 0 }
      : { kind: 'refused', refusal: verdict };
    useUploads.setState(({ pending }) => ({ pending: [...pending, { id, conversationId, file, state }] }));
    if (verdict.ok) void start(drafts, id, verdict.mimeType);
  }
  return { left: Math.max(0, files.length - room) };
}

/** Takes what was offered instead: the same file as another kind. */
export function sendInstead(
  drafts: Drafts,
  id: number,
  capabilities: Pick<Capabilities, 'uploads'>,
  kind: UploadKind,
): void {
  const found = useUploads.getState().pending.find((each) => each.id === id);
  if (found === undefined) return;
  const { file } = found;
  const verdict = checkUpload(capabilities, {
    kind,
    mimeType: file.type,
    size: file.size,
    fileName: file.name,
  });
  if (!verdict.ok) {
    set(id, { kind: 'refused', refusal: verdict });
    return;
  }
  void start(drafts, id, verdict.mimeType);
}

export function retryUpload(drafts: Drafts, id: number, capabilities: Pick<Capabilities, 'uploads'>): void {
  const found = useUploads.getState().pending.find((each) => each.id === id);
  if (found === undefined) return;
  const { mimeType } = checkUpload(capabilities, {
    mimeType: found.file.type,
    size: found.file.size,
    fileName: found.file.name,
  });
  void start(drafts, id, mimeType);
}

export function dropPending(id: number): void {
  aborts.get(id)?.abort();
  aborts.delete(id);
  useUploads.setState(({ pending }) => ({ pending: pending.filter((each) => each.id !== id) }));
}

async function start(drafts: Drafts, id: number, mimeType: string): Promise<void> {
  const found = useUploads.getState().pending.find((each) => each.id === id);
  if (found === undefined) return;
  const { file, conversationId } = found;
  const abort = new AbortController();
  aborts.set(id, abort);
  set(id, { kind: 'uploading', share: 0 });
  try {
    const [media, size] = await Promise.all([
      uploadFile(
        file,
        { mimeType: mimeType === '' ? 'application/octet-stream' : mimeType, fileName: file.name },
        { signal: abort.signal, onProgress: (share) => set(id, { kind: 'uploading', share }) },
      ),
      pixelsOf(file),
    ]);
    if (file.type.startsWith('image/')) previews.set(media.id, URL.createObjectURL(file));
    dropPending(id);
    const whole: MediaRef = { ...media, ...size };
    chosenAt.set(media.id, id);
    const { attachments } = drafts.get(conversationId);
    const later = attachments.findIndex((each) => (chosenAt.get(each.media.id) ?? 0) > id);
    drafts.change(conversationId, {
      attachments: attachments.toSpliced(later === -1 ? attachments.length : later, 0, {
        media: whole,
        caption: '',
      }),
    });
  } catch (error) {
    if (abort.signal.aborted) return;
    set(id, { kind: 'failed', words: `${t('writing.attach.failed')} ${callWords(error)}` });
  }
}

function set(id: number, state: PendingFile['state']): void {
  useUploads.setState(({ pending }) => ({
    pending: pending.map((each) => (each.id === id ? { ...each, state } : each)),
  }));
}

/** Width and height of a picture, so that its bubble has its shape before it is loaded. */
async function pixelsOf(file: File): Promise<{ width?: number; height?: number }> {
  if (!file.type.startsWith('image/') || file.type === 'image/svg+xml') return {};
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    // Not a picture that this browser can read: it is sent all the same.
    return {};
  }
}
