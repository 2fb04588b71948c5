/**
 * `POST /import`, the same under Electron's protocol and loopback: the file is kept encrypted as it streams in, and only until its rows are in
 * the cache. `X-Encoding` and `X-Delimiter` (percent-encoded) say what would else be found out: the page posts the same file again with them.
 */
import type { CallError } from '../../../shared/contract/errors.ts';
import type { ImportJob } from '../../../shared/contract/imports.ts';
import { MAX_FILE_BYTES } from '../../transfer/limits.ts';
import { isDelimiter } from '../../transfer/delimiter.ts';
import { ENCODINGS } from '../../../shared/text/encodings.ts';
import type { Ready } from '../context.ts';
import { callErrorOf, failure } from '../failures.ts';
import type { Log } from '../log.ts';
import { STATUS, fileNameOf, tooLarge } from '../uploads.ts';
import type { Imports } from './imports.ts';

/** Headers as they came; `body` is read as far as it is wanted. */
export type ImportUpload = {
  fileName: string | null;
  encoding: string | null;
  delimiter: string | null;
  contentLength: string | null;
  body: AsyncIterable<Uint8Array>;
};

/** 201 with the job, else the error as a call would give it. */
export type ImportAnswer = { status: number; body: ImportJob | CallError };
export type ImportTargetPort = (upload: ImportUpload) => Promise<ImportAnswer>;

export function createImportTarget(ready: () => Ready | null, imports: Imports, log: Log): ImportTargetPort {
  async function receive({
    fileName,
    encoding,
    delimiter,
    contentLength,
    body,
  }: ImportUpload): Promise<ImportJob> {
    const signedIn = ready();
    if (signedIn === null) throw failure('not_ready', 'nobody is signed in');
    const name = fileNameOf(fileName) ?? 'contacts';
    if (encoding !== null && !(ENCODINGS as readonly string[]).includes(encoding)) {
      throw failure('invalid_input', 'X-Encoding');
    }
    const cut = delimiter === null ? null : decoded(delimiter);
    if (cut !== null && !isDelimiter(cut)) throw failure('invalid_input', 'X-Delimiter');
    if (Number(contentLength ?? 0) > MAX_FILE_BYTES) throw tooLarge();
    const media = await signedIn.sync.stageMedia({
      mimeType: 'application/octet-stream',
      fileName: null,
      maxBytes: MAX_FILE_BYTES,
      body,
    });
    return imports.begin({
      mediaId: media.id,
      fileName: name,
      bytes: media.size ?? 0,
      encoding,
      delimiter: cut,
    });
  }

  return async (upload) => {
    try {
      return { status: 201, body: await receive(upload) };
    } catch (thrown) {
      const { error, unexpected } = callErrorOf(thrown);
      if (unexpected) log.error({ error: thrown }, 'a file to import was not taken');
      return { status: STATUS[error.kind] ?? 500, body: error };
    }
  };
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    throw failure('invalid_input', 'X-Delimiter');
  }
}
