import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDesktop } from '../../support/desktop.ts';
import type { TestDesktop } from '../../support/desktop.ts';
import { PASSWORD, startKit } from '../../support/gateway-kit.ts';
import type { Kit } from '../../support/gateway-kit.ts';
import { createRecordingProvider } from '../../support/recording-provider.ts';
import type { RecordingProvider } from '../../support/recording-provider.ts';
import { until } from '../../support/until.ts';

let provider: RecordingProvider;
let kit: Kit;
let folder: string;
let desktop: TestDesktop;

beforeEach(async () => {
  provider = createRecordingProvider();
  kit = await startKit({ providers: [provider.factory] });
  folder = await mkdtemp(path.join(tmpdir(), 'parley-media-'));
  desktop = await openDesktop({
    folder,
    gateway: kit.gateway.url,
    email: kit.maya.email,
    password: PASSWORD,
  });
  await desktop.online();
});

afterEach(async () => {
  await desktop.close();
  await kit.close();
  await rm(folder, { recursive: true, force: true });
});

/** A customer sends a picture; answers the id under which the desktop knows it. */
async function picture(bytes: Uint8Array): Promise<string> {
  const providerMediaId = `file-${provider.files.size}`;
  provider.files.set(providerMediaId, { bytes, mimeType: 'image/png' });
  const conversationId = kit.inbound('4911', '', {
    content: {
      kind: 'image',
      media: {
        id: providerMediaId,
        mimeType: 'image/png',
        size: null,
        sha256: null,
        fileName: 'holiday.png',
      },
      caption: 'look',
    },
  });
  let mediaId: string | null = null;
  await until('the message is here', async () => {
    const { items } = await desktop.cache.read.thread({ conversationId, before: null, limit: 100 });
    const item = items.at(-1);
    if (item?.type === 'message' && item.message.content.kind === 'image')
      mediaId = item.message.content.media.id;
    return mediaId !== null;
  });
  return mediaId ?? '';
}

async function bytesOf(mediaId: string): Promise<Buffer> {
  const content = await desktop.sync.readMedia(mediaId);
  const pieces: Uint8Array[] = [];
  for await (const piece of content.bytes()) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('a picture of a customer: fetched once, kept encrypted, read back whole, there without the network', async () => {
  const bytes = randomBytes(300_000);
  const mediaId = await picture(bytes);
  await expect(desktop.sync.readMedia(mediaId)).rejects.toMatchObject({ kind: 'not_here' });
  await Promise.all([desktop.sync.fetchMedia(mediaId), desktop.sync.fetchMedia(mediaId)]);
  expect((await bytesOf(mediaId)).equals(bytes)).toBe(true);
  expect(await desktop.cache.read.media({ id: mediaId })).toMatchObject({ state: 'local' });

  const files = await readdir(path.join(folder, 'media'));
  expect(files).toHaveLength(1);
  const onDisk = await readFile(path.join(folder, 'media', files[0]!));
  expect(onDisk.includes(bytes.subarray(1_000, 1_032))).toBe(false);

  await kit.gateway.close();
  await until('offline', () => desktop.sync.connection.state === 'offline');
  await desktop.sync.fetchMedia(mediaId);
  expect((await bytesOf(mediaId)).equals(bytes)).toBe(true);
});

test('a file that was changed on disk is noticed, forgotten, and fetched again', async () => {
  const bytes = randomBytes(100_000);
  const mediaId = await picture(bytes);
  await desktop.sync.fetchMedia(mediaId);
  const [name] = await readdir(path.join(folder, 'media'));
  const file = path.join(folder, 'media', name!);
  const sealed = await readFile(file);
  sealed.writeUInt8(sealed.readUInt8(500) ^ 0xff, 500);
  await writeFile(file, sealed);
  await expect(bytesOf(mediaId)).rejects.toMatchObject({ kind: 'damaged' });
  expect(await desktop.cache.read.media({ id: mediaId })).toMatchObject({ state: 'remote' });
  await desktop.sync.fetchMedia(mediaId);
  expect((await bytesOf(mediaId)).equals(bytes)).toBe(true);
});

test('a file that the gateway cannot give has its kind, and nothing is left behind', async () => {
  const mediaId = await picture(randomBytes(10));
  provider.files.clear();
  await expect(desktop.sync.fetchMedia(mediaId)).rejects.toMatchObject({ name: 'GatewayHttpFailure' });
  expect(await readdir(path.join(folder, 'media')).catch(() => [])).toEqual([]);
});
