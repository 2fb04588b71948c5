import { expect, test } from 'vitest';
import type { Capabilities } from './channel.ts';
import { checkUpload, guessKind } from './upload-check.ts';
import type { UploadAdvice, UploadCandidate } from './upload-check.ts';

const rule = (maxBytes: number, ...mimeTypes: string[]) => ({ maxBytes, mimeTypes });
const CAPABILITIES: Pick<Capabilities, 'uploads'> = {
  uploads: {
    image: rule(500, 'image/jpeg', 'image/png'),
    video: rule(1600, 'video/mp4'),
    audio: rule(1600, 'audio/ogg', 'audio/mpeg'),
    voice: rule(1600, 'audio/ogg; codecs=opus'),
    document: rule(10_000, 'application/pdf', 'image/png', 'image/jpeg'),
  },
};
const file = (change: Partial<UploadCandidate>): UploadCandidate => ({
  mimeType: 'image/png',
  size: 100,
  fileName: null,
  ...change,
});

test.each<[Partial<UploadCandidate>, string, string]>([
  [{}, 'image', 'image/png'],
  [{ size: 500 }, 'image', 'image/png'],
  [{ mimeType: 'image/jpg' }, 'image', 'image/jpeg'],
  [{ mimeType: '', fileName: 'a.PDF' }, 'document', 'application/pdf'],
  [{ kind: 'voice', mimeType: 'audio/ogg; codecs=opus' }, 'voice', 'audio/ogg; codecs=opus'],
  [{ kind: 'voice', mimeType: 'audio/opus' }, 'voice', 'audio/ogg'],
  [{ mimeType: 'audio/ogg;codecs=vorbis' }, 'audio', 'audio/ogg; codecs=vorbis'],
  [{ kind: 'document' }, 'document', 'image/png'],
])('takes %j', (change, kind, mimeType) => {
  expect(checkUpload(CAPABILITIES, file(change))).toEqual({ ok: true, kind, mimeType });
});

test.each<[Partial<UploadCandidate>, string, UploadAdvice | null]>([
  [{ size: 0 }, 'empty', null],
  [{ size: 501 }, 'size', { type: 'send_as', kind: 'document' }],
  [{ size: 20_000 }, 'size', { type: 'shrink', maxBytes: 500 }],
  [{ mimeType: 'image/gif' }, 'type', { type: 'convert', mimeTypes: ['image/jpeg', 'image/png'] }],
  [{ kind: 'voice', mimeType: 'audio/webm;codecs=opus' }, 'type', { type: 'record' }],
  [{ kind: 'voice', mimeType: 'audio/ogg;codecs=vorbis' }, 'type', { type: 'record' }],
  [{ kind: 'sticker', mimeType: 'image/png' }, 'kind', { type: 'send_as', kind: 'image' }],
  [{ kind: 'sticker', mimeType: 'image/webp' }, 'kind', null],
  [{ kind: 'document', mimeType: 'video/mp4' }, 'type', { type: 'send_as', kind: 'video' }],
])('refuses %j', (change, broken, instead) => {
  expect(checkUpload(CAPABILITIES, file(change))).toMatchObject({ ok: false, rule: broken, instead });
});

test('names the limit of the rule that is broken', () => {
  expect(checkUpload(CAPABILITIES, file({ size: 501 }))).toMatchObject({
    maxBytes: 500,
    allowed: ['image/jpeg', 'image/png'],
    kind: 'image',
  });
});

test('a channel without files says so', () => {
  expect(checkUpload({ uploads: {} }, file({}))).toMatchObject({ ok: false, rule: 'kind', instead: null });
});

test('guesses by type, then by name', () => {
  expect(guessKind('image/webp', null)).toBe('image');
  expect(guessKind('', 'song.m4a')).toBe('audio');
  expect(guessKind('image/svg+xml', 'a.svg')).toBe('document');
  expect(guessKind('', null)).toBe('document');
});
