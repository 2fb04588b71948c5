/**
 * Chromium records Opus into WebM; messengers take voice messages as Ogg/Opus. The sound is not encoded again: the same packets
 * are put into Ogg pages (RFC 3533, RFC 7845). WebM is read as RFC 9559 lays it out, with the unknown sizes of a live recording.
 */
import { oggOpus } from './ogg-opus.ts';
import { readWebmOpus } from './webm-opus.ts';

/** `bytes` is a whole Ogg/Opus file; `durationMs` is counted from its packets. */
export type OggVoice = { bytes: Uint8Array<ArrayBuffer>; durationMs: number };

/** `not_webm`: not a WebM file. `not_opus`: no Opus track in it. `empty`: no sound in it. */
export type RemuxErrorKind = 'not_webm' | 'not_opus' | 'empty';

export class RemuxError extends Error {
  override readonly name = 'RemuxError';
  readonly kind: RemuxErrorKind;

  constructor(kind: RemuxErrorKind) {
    super(`cannot make Ogg of this recording: ${kind}`);
    this.kind = kind;
  }
}

/** Turns a WebM/Opus recording into an Ogg/Opus file. Throws RemuxError. A cut-off end is left out. */
export function webmToOgg(webm: Uint8Array): OggVoice {
  const read = readWebmOpus(webm);
  if (read === 'not_webm' || read === 'not_opus') throw new RemuxError(read);
  if (read.packets.length === 0) throw new RemuxError('empty');
  const { bytes, samples } = oggOpus(read.head, read.packets);
  return { bytes, durationMs: Math.round(samples / 48) };
}
