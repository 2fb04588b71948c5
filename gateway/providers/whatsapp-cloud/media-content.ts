/** Files in a webhook. Only the reference comes along; the bytes are fetched with `media()` of the provider. */
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import type { MediaRef, MessageContent } from '../../../shared/domain/message-content.ts';
import { TextLike } from './webhook-schema.ts';

const File = z.object({
  id: TextLike.pipe(z.string().min(1).max(128)),
  mime_type: z.string().max(255).catch('application/octet-stream'),
  sha256: z.string().nullish().catch(null),
  filename: z.string().nullish().catch(null),
  caption: z.string().nullish().catch(null),
  voice: z.boolean().nullish().catch(null),
  animated: z.boolean().nullish().catch(null),
});

type MediaKind = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';

/** Null when the payload has no usable reference. `media.id` is Meta's id until the gateway gives it one of its own. */
export function mediaContent(kind: MediaKind, value: unknown): MessageContent | null {
  const parsed = File.safeParse(value);
  if (!parsed.success) return null;
  const file = parsed.data;
  const media: MediaRef = {
    id: file.id,
    mimeType: file.mime_type,
    size: null,
    sha256: hexOf(file.sha256 ?? null),
    fileName: file.filename?.slice(0, 1024) ?? null,
  };
  const caption = file.caption ? file.caption : null;
  switch (kind) {
    case 'image':
    case 'video':
    case 'document':
      return { kind, media, caption };
    case 'audio':
      return { kind: file.voice === true ? 'voice' : 'audio', media };
    case 'voice':
      return { kind, media };
    case 'sticker':
      return { kind, media, animated: file.animated === true };
  }
}

/** Meta's hash is base64; ours is hex. One that is not 32 bytes long is no SHA-256 and is not believed. */
function hexOf(base64: string | null): string | null {
  if (base64 === null) return null;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === 32 ? bytes.toString('hex') : null;
}
