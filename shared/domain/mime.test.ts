import { expect, test } from 'vitest';
import { mimeOf, parseMime, takesMime } from './mime.ts';

test('parameters, case and old names', () => {
  expect(parseMime('Audio/OGG; Codecs="opus"')).toEqual({ type: 'audio/ogg', codecs: 'opus' });
  expect(parseMime('audio/opus')).toEqual({ type: 'audio/ogg', codecs: null });
  expect(parseMime('image/jpg').type).toBe('image/jpeg');
});

test('the name tells when the type says nothing', () => {
  expect(mimeOf('', 'Photo.JPG').type).toBe('image/jpeg');
  expect(mimeOf('application/octet-stream', 'a.opus').type).toBe('audio/ogg');
  expect(mimeOf('image/png', 'a.pdf').type).toBe('image/png');
  expect(mimeOf('', 'noending').type).toBe('');
});

test('a list may name codecs, families or everything', () => {
  const opus = parseMime('audio/ogg; codecs=opus');
  const vorbis = parseMime('audio/ogg; codecs=vorbis');
  expect(takesMime(['audio/ogg'], opus)).toBe(true);
  expect(takesMime(['audio/ogg; codecs=opus'], opus)).toBe(true);
  expect(takesMime(['audio/ogg; codecs=opus'], parseMime('audio/ogg'))).toBe(true);
  expect(takesMime(['audio/ogg; codecs=opus'], vorbis)).toBe(false);
  expect(takesMime(['audio/*'], opus)).toBe(true);
  expect(takesMime(['*/*'], opus)).toBe(true);
  expect(takesMime(['image/*', 'video/mp4'], opus)).toBe(false);
});
