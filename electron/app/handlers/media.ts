import type { Handlers } from '../context.ts';
import { openedName, openingOf } from '../../../shared/domain/opening.ts';
import { failure } from '../failures.ts';

export const mediaHandlers = {
  'media.load': async ({ mediaId }, { ready, now, retention }) => {
    const { cache, sync } = ready();
    const record = await cache.read.media({ id: mediaId });
    if (record === null) throw failure('not_found', 'no such file');
    if (record.state !== 'local') await sync.fetchMedia(mediaId);
    const stored = await cache.read.mediaKey({ id: mediaId });
    if (stored === null) throw failure('not_found', 'the file is not on this machine');
    await cache.write.mediaUsed({ id: mediaId, now: now() });
    if (record.state !== 'local') retention.wake('space');
    return { mimeType: record.media.mimeType, size: stored.size };
  },
  'media.open': async ({ mediaId }, { ready, openedFiles, shell, now }) => {
    const { cache, sync } = ready();
    const record = await cache.read.media({ id: mediaId });
    if (record === null) throw failure('not_found', 'no such file');
    // Asked here too: whatever the page showed, a program is never started.
    if (openingOf(record.media) === 'never') throw failure('forbidden', 'this kind of file is not opened');
    if (record.state === 'remote') await sync.fetchMedia(mediaId);
    const content = await sync.readMedia(mediaId);
    await cache.write.mediaUsed({ id: mediaId, now: now() });
    await shell.openFile(await openedFiles.put(openedName(record.media), content.bytes()));
    return {};
  },
} satisfies Partial<Handlers>;
