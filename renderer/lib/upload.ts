import { CallError, CallFailure } from '../../shared/contract/errors.ts';
import { UPLOAD_PATH } from '../../shared/contract/frames.ts';
import { MediaRef } from '../../shared/domain/message-content.ts';

export interface UploadWatch {
  /** Share that has gone over, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Puts a file on this machine, encrypted, for sending. XMLHttpRequest, because fetch tells no progress of what it sends. Rejects with
 * `CallFailure`, or with the signal's reason.
 */
export function uploadFile(
  file: Blob,
  { mimeType, fileName }: { readonly mimeType: string; readonly fileName: string | null },
  { onProgress, signal }: UploadWatch,
): Promise<MediaRef> {
  const { promise, resolve, reject } = Promise.withResolvers<MediaRef>();
  const request = new XMLHttpRequest();
  request.open('POST', UPLOAD_PATH);
  request.setRequestHeader('Content-Type', mimeType);
  if (fileName !== null) request.setRequestHeader('X-File-Name', encodeURIComponent(fileName));
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    if (total > 0) onProgress(loaded / total);
  });
  request.addEventListener('load', () => {
    const body = parsed(request.responseText);
    const media = request.status === 201 ? MediaRef.safeParse(body) : null;
    if (media?.success === true) resolve(media.data);
    else reject(new CallFailure(CallError.safeParse(body).data ?? unreadable(request.status)));
  });
  request.addEventListener('error', () => reject(new CallFailure(unreadable(0))));
  request.addEventListener('abort', () => reject(asError(signal.reason)));
  const stop = (): void => request.abort();
  signal.addEventListener('abort', stop, { once: true });
  request.send(file);
  return promise.finally(() => signal.removeEventListener('abort', stop));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function unreadable(status: number): CallError {
  return { kind: 'internal', message: `the upload was answered with ${String(status)}` };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('the upload was stopped');
}
