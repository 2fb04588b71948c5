/** Files over HTTP: upload with a hash, download with ranges (protocol README, section 1). */
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { MediaRef } from '../../shared/domain/message-content.ts';
import type { Provider } from '../providers/provider.ts';
import type { MediaRow } from '../store/media.ts';
import { canSeeConversation } from '../store/visibility.ts';
import type { Viewer } from '../store/visibility.ts';
import { bearer } from './bearer.ts';
import type { ServerContext } from './context.ts';
import { Refusal } from './errors.ts';
import type { MediaFiles } from './media-files.ts';
import type { Uploads } from './uploads.ts';

/** Largest file that any channel takes: WhatsApp documents (Meta, "Media", supported media types). */
const MAX_FILE = 100 * 1024 * 1024;

export function registerMedia(
  app: FastifyInstance,
  context: ServerContext,
  files: MediaFiles,
  uploads: Uploads,
  providers: ReadonlyMap<string, Provider>,
): void {
  const { store } = context;
  const fetching = new Map<string, Promise<MediaRow>>();

  function visible(viewer: Viewer, id: string): MediaRow {
    const row = store.media.get(id);
    if (row === null || row.ws !== viewer.ws) throw new Refusal('not_found');
    const seen =
      row.uploaderId === viewer.userId || store.media.uses(id).some((use) => canSeeConversation(viewer, use));
    if (!seen) throw new Refusal('not_found');
    return row;
  }

  /** Gets a customer's file from the provider, once however many ask for it. */
  function fetched(row: MediaRow): Promise<MediaRow> {
    const under = fetching.get(row.id);
    if (under !== undefined) return under;
    const work = fetchFile(row).finally(() => fetching.delete(row.id));
    fetching.set(row.id, work);
    return work;
  }

  async function fetchFile(row: MediaRow): Promise<MediaRow> {
    const channel = row.channelId === null ? null : store.channels.get(row.channelId);
    const provider = channel === null ? undefined : providers.get(channel.provider);
    if (channel === null || provider === undefined || row.providerMediaId === null)
      throw new Refusal('not_found');
    const file = await provider.media({ channel: channel.channel, mediaId: row.providerMediaId });
    if (file === null) throw new Refusal('not_found');
    const { size, sha256 } = await files.write(row.id, [file.bytes], MAX_FILE);
    if (store.media.get(row.id) === null) {
      // Erased while the provider was asked: nothing of it may stay.
      await files.remove(row.id);
      throw new Refusal('not_found');
    }
    const mimeType = file.mimeType === '' ? row.mimeType : file.mimeType;
    store.media.setStored(row.id, { mimeType, size, sha256 });
    return { ...row, mimeType, size, sha256, stored: true };
  }

  app.get<{ Params: { id: string } }>('/v1/media/:id', async (request, reply) => {
    const { viewer } = bearer(context, request);
    const row = visible(viewer, request.params.id);
    const file = row.stored ? row : await fetched(row);
    return sendFile(reply, files, file, request.headers.range);
  });

  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.post('/v1/media', { bodyLimit: MAX_FILE }, async (request, reply) => {
      const { viewer } = bearer(context, request);
      const announced = String(request.headers['x-content-sha256'] ?? '').toLowerCase();
      if (!/^[0-9a-f]{64}$/u.test(announced)) throw new Refusal('invalid', 'X-Content-SHA256');
      const mimeType = mimeTypeOf(request.headers['content-type']);
      const fileName = fileNameOf(request.headers['x-file-name']);
      if (Number(request.headers['content-length'] ?? 0) > MAX_FILE) throw new Refusal('too_large', 'file');
      const id = mediaIdOf(request.headers['x-media-id']);
      const upload = { id, sha256: announced, mimeType, fileName, maxBytes: MAX_FILE };
      const row = await uploads.receive(viewer, upload, request.body as Readable);
      const { size, sha256 } = row;
      const ref: MediaRef = { id: row.id, mimeType: row.mimeType, size, sha256, fileName: row.fileName };
      return reply.code(201).send(ref);
    });
  });
}

function sendFile(
  reply: FastifyReply,
  files: MediaFiles,
  row: MediaRow,
  range: string | undefined,
): FastifyReply {
  const size = row.size ?? 0;
  void reply
    .header('accept-ranges', 'bytes')
    .header('x-content-sha256', row.sha256 ?? '')
    .header('content-type', row.mimeType)
    // What a customer sent is a file to keep, never a page to open.
    .header('content-disposition', 'attachment')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store');
  const wanted = rangeOf(range, size);
  if (wanted === 'unsatisfiable') {
    return reply
      .code(416)
      .header('content-range', `bytes */${size}`)
      .header('content-type', 'application/json')
      .send({ kind: 'invalid', message: 'the range is not in the file' });
  }
  if (wanted !== null) {
    void reply.code(206).header('content-range', `bytes ${wanted.start}-${wanted.end}/${size}`);
  }
  const { start, end } = wanted ?? { start: 0, end: size - 1 };
  void reply.header('content-length', Math.max(0, end - start + 1));
  return size === 0 ? reply.send('') : reply.send(files.stream(row.id, start, end));
}

/** One range of bytes (RFC 9110, 14.1.2). Null: the whole file, also for what is not understood. */
function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header ?? '');
  if (match === null) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'unsatisfiable' : { start, end };
}

/** The desktop's own id for the file; null when it leaves that to us. */
function mediaIdOf(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(header)) {
    throw new Refusal('invalid', 'X-Media-Id');
  }
  return header;
}

function mimeTypeOf(header: string | undefined): string {
  const type = header ?? 'application/octet-stream';
  if (type.length > 255 || !/^[\w.+-]+\/[\w.+-]+(\s*;\s*[\w.+-]+=("[^"\r\n]*"|[\w.+-]+))*$/u.test(type)) {
    throw new Refusal('invalid', 'Content-Type');
  }
  return type;
}

/** The last part of the name, without control characters; null when there is none. */
function fileNameOf(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string' || header === '') return null;
  try {
    const name = decodeURIComponent(header).split(/[/\\]/u).at(-1) ?? '';
    const clean = name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 255);
    return clean === '' ? null : clean;
  } catch {
    throw new Refusal('invalid', 'X-File-Name');
  }
}
