/**
 * Everything about a person as one ZIP: JSON with its schema, the files, a readable page. It is made while it is read, so that nothing of it
 * lies on the disk; once all of it was read, the request knows its digest and what it held.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { RightsCounts } from '../../../shared/domain/rights-receipt.ts';
import type { RightsRequest } from '../../../shared/domain/rights.ts';
import { CallFailure } from '../../../shared/contract/errors.ts';
import type { ContactDetail, ContactFile, ContactTimelineItem } from '../../../shared/contract/contacts.ts';
import type { Context, Ready } from '../context.ts';
import { utf8 } from '../exports/tickets.ts';
import { type BundleFile, bundlePage } from './bundle-page.ts';
import { personJson, personSchemaText } from './bundle-json.ts';
import { bundleWords } from './bundle-words.ts';
import { noteOf } from './done-notes.ts';
import { withSteps } from './own-steps.ts';
import { detailOf, filesOf, timelineOf } from './person-data.ts';
import { requestOf, saveRequest } from './requests.ts';

export async function offerBundle(
  context: Context,
  request: RightsRequest,
): Promise<{ ticket: string; fileName: string }> {
  const open = request.state === 'open' || request.state === 'on_hold';
  if (!open || !request.steps.some(({ id }) => id === 'build_bundle')) {
    throw new CallFailure({ kind: 'refused', message: 'no bundle is asked for', gateway: 'conflict' });
  }
  await detailOf(context.ready(), request.contactId);
  const day = new Date(context.now()).toISOString().slice(0, 10);
  // Without the name: the file lies about in folders of downloads.
  const fileName = `parley-${request.kind}-${request.id.slice(-6)}-${day}.zip`;
  const bytes = () => bundleOf(context, request.id, request.contactId);
  const ticket = context.tickets.issue({ fileName, mimeType: 'application/zip', bytes }, context.now());
  return { ticket, fileName };
}

async function* bundleOf(
  context: Context,
  requestId: string,
  contactId: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const ready = context.ready();
  const detail = await detailOf(ready, contactId);
  const counts: Partial<RightsCounts> = { contacts: 1, conversations: detail.conversations.length };
  const hash = createHash('sha256');
  let bytes = 0;
  const zip = await zipOf(context, ready, detail, counts);
  for await (const chunk of zip as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  await noteBundle(context, requestId, { ...counts, bytes }, hash.digest('hex'));
}

/** A download that was broken off is no bundle: this is reached only at the end. */
async function noteBundle(
  context: Context,
  requestId: string,
  counts: Partial<RightsCounts>,
  sha256: string,
): Promise<void> {
  const request = await requestOf(context, requestId);
  const at = context.now();
  const steps = request.steps.map((step) =>
    step.id === 'build_bundle' ? { ...step, state: 'open' as const } : step,
  );
  const by = context.ready().session.me.id;
  // Made again, the later one counts.
  const next = withSteps({ ...request, steps }, ['build_bundle'], at, by, noteOf(counts, sha256));
  await saveRequest(context, next);
  const subjects = [requestId, request.contactId];
  await context.audit({ action: 'rights.bundle', subjects, counts: { ...counts }, reason: null });
}

async function zipOf(
  context: Context,
  ready: Ready,
  detail: ContactDetail,
  counts: Partial<RightsCounts>,
): Promise<NodeJS.ReadableStream> {
  const { contact } = detail;
  const now = context.now();
  const { fields, labels } = await ready.cache.read.directory();
  const files = await bundleFiles(ready, await filesOf(ready, contact.id));
  const words = bundleWords(contact.language, context.settings.get().language);
  const zip = new ZipFile();
  const add = (name: string, chunks: () => AsyncIterable<Uint8Array>, compress: boolean) => {
    zip.addReadStreamLazy(name, { compress, mtime: new Date(now) }, (found) => {
      const stream = Readable.from(chunks());
      // What cannot be read ends the whole: half a bundle must not look like one.
      stream.on('error', (error) => (zip.outputStream as Readable).destroy(error));
      found(null, stream);
    });
  };
  const page = { detail, fields, labels, files, words, now };
  add('index.html', () => utf8(bundlePage({ ...page, timeline: timelineOf(ready, contact.id) })), true);
  const timeline = counted(timelineOf(ready, contact.id), counts);
  add('person.json', () => utf8(personJson({ detail, fields, files, timeline, now })), true);
  zip.addBuffer(Buffer.from(personSchemaText()), 'schema.json', { mtime: new Date(now) });
  for (const { id, path } of files) if (path !== null) add(path, () => mediaBytes(ready, id), false);
  counts.files = files.filter(({ path }) => path !== null).length;
  zip.end();
  return zip.outputStream;
}

async function* mediaBytes({ sync }: Ready, id: string): AsyncGenerator<Uint8Array, void, undefined> {
  const { size, bytes } = await sync.readMedia(id);
  yield* bytes(0, size);
}

/** Files are brought here first; what cannot be had now is named without its bytes. */
async function bundleFiles({ cache, sync }: Ready, files: readonly ContactFile[]): Promise<BundleFile[]> {
  const found: BundleFile[] = [];
  for (const { media, at } of files) {
    const record = await cache.read.media({ id: media.id });
    let here = record !== null && record.state !== 'remote';
    if (record?.state === 'remote') {
      here = await sync.fetchMedia(media.id).then(
        () => true,
        () => false,
      );
    }
    const name = media.fileName ?? `${media.id.slice(-8)}.${extensionOf(media.mimeType)}`;
    const path = here ? `files/${String(found.length + 1).padStart(4, '0')}-${safeName(name)}` : null;
    found.push({ id: media.id, name, path, at, mimeType: media.mimeType });
  }
  return found;
}

/** No folder, no drive, no control character, no name that Windows keeps for itself. */
function safeName(name: string): string {
  const base = name.split(/[/\\]/u).at(-1) ?? '';
  const plain = base.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_').replaceAll(/\.{2,}/gu, '.');
  return plain.slice(-80).replace(/[. ]+$/u, '') || 'file';
}

function extensionOf(mimeType: string): string {
  return /^[a-z]+\/([a-z0-9]{1,8})/u.exec(mimeType)?.[1] ?? 'bin';
}

async function* counted(
  items: AsyncIterable<ContactTimelineItem>,
  counts: Partial<RightsCounts>,
): AsyncGenerator<ContactTimelineItem, void, undefined> {
  counts.messages = 0;
  counts.notes = 0;
  for await (const item of items) {
    if (item.type === 'message') counts.messages += 1;
    else if (item.type === 'note') counts.notes += 1;
    yield item;
  }
}
