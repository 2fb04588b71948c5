/**
 * `POST /upload`, the same under Electron's protocol and loopback: a file that the user wants to send is kept encrypted on this
 * machine, as it streams in. Whether a channel takes it the page has checked; here it must have a type, bytes, and no more of them
 * than the most generous channel takes.
 */
import type { CallError } from '../../shared/contract/errors.ts';
import type { MediaRef } from '../../shared/domain/message-content.ts';
import type { Ready } from './context.ts';
import { callErrorOf, failure } from './failures.ts';
import type { Log } from './log.ts';

/** Headers as they came; `body` is read as far as it is wanted. */
export type Upload = {
  contentType: string | null;
  fileName: string | null;
  contentLength: string | null;
  body: AsyncIterable<Uint8Array>;
};

/** 201 with the file, else the error as a call would give it. */
export type UploadAnswer = { status: number; body: MediaRef | CallError };

export type UploadTarget = (upload: Upload) => Promise<UploadAnswer>;

/** Statuses of what is told most; the rest is 500. */
export const STATUS: Partial<Record<CallError['kind'], number>> = {
  invalid_input: 400,
  refused: 413,
  not_ready: 503,
  disk_full: 507,
};

const MIME = /^[a-z0-9!#$&^_.+-]{1,80}\/[a-z0-9!#$&^_.+-]{1,80}(?:\s*;\s*codecs="?[a-z0-9., _-]{1,80}"?)?$/iu;

export function createUploads(ready: () => Ready | null, log: Log): UploadTarget {
  async function receive(upload: Upload): Promise<MediaRef> {
    const signedIn = ready();
    if (signedIn === null) throw failure('not_ready', 'nobody is signed in');
    const mimeType = (upload.contentType ?? '').trim();
    if (!MIME.test(mimeType)) throw failure('invalid_input', 'Content-Type');
    const fileName = fileNameOf(upload.fileName);
    const maxBytes = await largest(signedIn);
    const announced = Number(upload.contentLength ?? 0);
    if (announced > maxBytes) throw tooLarge();
    return signedIn.sync.stageMedia({ mimeType, fileName, maxBytes, body: upload.body });
  }

  return async (upload) => {
    try {
      return { status: 201, body: await receive(upload) };
    } catch (thrown) {
      const { error, unexpected } = callErrorOf(thrown);
      if (unexpected) log.error({ error: thrown }, 'an upload failed');
      return { status: STATUS[error.kind] ?? 500, body: error };
    }
  };
}

export function tooLarge(): Error {
  // As a failure of the file would be: the page knows one sentence for it.
  return Object.assign(new Error('larger than any channel takes'), {
    name: 'MediaFailure',
    kind: 'too_large',
  });
}

/** Bytes that the most generous channel of this workspace takes. */
async function largest({ cache }: Ready): Promise<number> {
  const { channels } = await cache.read.directory();
  const limits = channels.flatMap(({ capabilities }) =>
    Object.values(capabilities.uploads).map((rule) => rule?.maxBytes ?? 0),
  );
  return Math.max(0, ...limits);
}

/** Percent-encoded, without a path. */
export function fileNameOf(header: string | null): string | null {
  if (header === null || header === '') return null;
  try {
    const name = decodeURIComponent(header).split(/[/\\]/u).at(-1)?.trim() ?? '';
    return name === '' ? null : name.slice(0, 255);
  } catch {
    throw failure('invalid_input', 'X-File-Name');
  }
}
