import { expect, test } from 'vitest';
import { mediaOf, type MediaRef, MessageContent, previewText, searchableText } from './message-content.ts';

const media: MediaRef = {
  id: 'm1',
  mimeType: 'application/pdf',
  size: 3,
  sha256: null,
  fileName: 'offer.pdf',
};

test('a search finds captions and file names', () => {
  expect(searchableText({ kind: 'document', media, caption: 'Your offer' })).toBe('Your offer offer.pdf');
});

test('a preview is one line of at most 160 characters', () => {
  const preview = previewText({ kind: 'text', body: `  two\n\nlines ${'x'.repeat(300)}` });
  expect(preview).toMatch(/^two lines x+$/u);
  expect(preview).toHaveLength(160);
});

test('a preview shows words, not the markers around them, and leaves the names of files alone', () => {
  expect(previewText({ kind: 'text', body: '*Thank* _you_, ~really~ `ok` 2*3*4' })).toBe(
    'Thank you, really ok 2*3*4',
  );
  const media: MediaRef = {
    id: 'm',
    mimeType: 'application/pdf',
    size: 1,
    sha256: null,
    fileName: '_draft_.pdf',
  };
  expect(previewText({ kind: 'document', media, caption: null })).toBe('_draft_.pdf');
});

test('only kinds with a file have one', () => {
  expect(mediaOf({ kind: 'document', media, caption: null })).toBe(media);
  expect(mediaOf({ kind: 'text', body: 'hello' })).toBeNull();
});

test('a content of no known kind does not fit the schema', () => {
  expect(MessageContent.safeParse({ kind: 'poll', question: '?' }).success).toBe(false);
});
