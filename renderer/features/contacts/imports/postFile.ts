import { CallError, CallFailure } from '../../../../shared/contract/errors.ts';
import { IMPORT_PATH, ImportJob } from '../../../../shared/contract/imports.ts';

/** How a file is to be read; null: to be found out. */
export interface Reading {
  readonly encoding: string | null;
  readonly delimiter: string | null;
}

export interface PostWatch {
  /** Share that has gone over, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Hands a file over for import. XMLHttpRequest, because fetch tells no progress of what it sends. Rejects with `CallFailure`, or with the
 * signal's reason.
 */
export function postFile(
  file: File,
  { encoding, delimiter }: Reading,
  { onProgress, signal }: PostWatch,
): Promise<ImportJob> {
  const { promise, resolve, reject } = Promise.withResolvers<ImportJob>();
  const request = new XMLHttpRequest();
  request.open('POST', IMPORT_PATH);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
  if (encoding !== null) request.setRequestHeader('X-Encoding', encoding);
  if (delimiter !== null) request.setRequestHeader('X-Delimiter', encodeURIComponent(delimiter));
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    if (total > 0) onProgress(loaded / total);
  });
  request.addEventListener('load', () => {
    const body = parsed(request.responseText);
    const job = request.status === 201 ? ImportJob.safeParse(body) : null;
    if (job?.success === true) resolve(job.data);
    else reject(new CallFailure(CallError.safeParse(body).data ?? unreadable(request.status)));
  });
  request.addEventListener('error', () => reject(new CallFailure(unreadable(0))));
  request.addEventListener('abort', () =>
    reject(signal.reason instanceof Error ? signal.reason : new Error('stopped')),
  );
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
  return { kind: 'internal', message: `the file was answered with ${String(status)}` };
}
