import type { Handlers } from '../context.ts';
import { failure } from '../failures.ts';

export const mediaHandlers = {
  'media.load': async ({ mediaId }, { ready }) => {
    const { cache, sync } = ready();
    const record = await cache.read.media({ id: mediaId });
    if (record === null) throw failure('not_found', 'no such file');
    if (record.state !== 'local') await sync.fetchMedia(mediaId);
    const stored = await cache.read.mediaKey({ id: mediaId });
    if (stored === null) throw failure('not_found', 'the file is not on this machine');
    return { mimeType: record.media.mimeType, size: stored.size };
  },
} satisfies Partial<Handlers>;
