import type { ThreadItem } from '../../../../shared/contract/rows.ts';
import { mediaOf } from '../../../../shared/domain/message-content.ts';

export interface Picture {
  readonly mediaId: string;
  readonly name: string | null;
  readonly caption: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** The pictures of a thread in their order; what was deleted is left out. */
export function picturesOf(items: ReadonlyArray<ThreadItem>): Picture[] {
  return items.flatMap((item) => {
    if (item.type !== 'message' || item.message.deletedAt !== null) return [];
    const { content } = item.message;
    if (content.kind !== 'image' && content.kind !== 'template') return [];
    const media = mediaOf(content);
    if (media === null || !media.mimeType.startsWith('image/')) return [];
    return [
      {
        mediaId: media.id,
        name: media.fileName,
        caption: content.kind === 'image' ? content.caption : null,
        width: media.width ?? null,
        height: media.height ?? null,
      },
    ];
  });
}
