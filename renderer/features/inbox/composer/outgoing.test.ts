import { expect, test } from 'vitest';
import type { Draft } from '../../../../shared/contract/rows.ts';
import type { Capabilities } from '../../../../shared/domain/channel.ts';
import { canBeDocument, draftOf, outgoingOf, remainder } from './outgoing.ts';

const channel: Pick<Capabilities, 'uploads'> = {
  uploads: {
    image: { mimeTypes: ['image/jpeg', 'image/png'], maxBytes: 5_000 },
    audio: { mimeTypes: ['audio/mpeg'], maxBytes: 5_000 },
    document: { mimeTypes: ['*/*'], maxBytes: 100_000 },
  },
};
const file = (id: string, mimeType: string, size = 100): Draft['attachments'][number] => ({
  media: { id, mimeType, size, sha256: null, fileName: `${id}.bin` },
  caption: '',
});
const draft = (text: string, ...attachments: Draft['attachments']): Draft => ({
  text,
  quotedMessageId: 'q',
  attachments,
});

test('a text alone', () => {
  expect(outgoingOf(draft(' hi '), channel).map(({ content }) => content)).toEqual([
    { kind: 'text', body: 'hi' },
  ]);
  expect(outgoingOf(draft('  '), channel)).toEqual([]);
});

test('one picture takes the text as its caption', () => {
  const [only, ...more] = outgoingOf(draft('the roof', file('a', 'image/png')), channel);
  expect(more).toEqual([]);
  expect(only?.content).toMatchObject({ kind: 'image', caption: 'the roof' });
});

test('a sound has no caption: the text goes first', () => {
  const out = outgoingOf(draft('listen', file('a', 'audio/mpeg')), channel);
  expect(out.map(({ content }) => content.kind)).toEqual(['text', 'audio']);
});

test('several files keep their own captions', () => {
  const second = { ...file('b', 'image/png'), caption: ' front ' };
  const out = outgoingOf(draft('two', file('a', 'image/png'), second), channel);
  expect(out.map(({ content }) => ('caption' in content ? content.caption : content.kind))).toEqual([
    'text',
    null,
    'front',
  ]);
});

test('a picture too large for pictures goes as the document it may be', () => {
  const [only] = outgoingOf(draft('', file('a', 'image/png', 50_000)), channel);
  expect(only?.content.kind).toBe('document');
});

test('a picture goes as a document when that was chosen, and comes back as one', () => {
  const chosen = { ...file('a', 'image/png'), asDocument: true };
  const [only] = outgoingOf(draft('the plan', chosen), channel);
  expect(only?.content).toMatchObject({ kind: 'document', caption: 'the plan' });
  expect(draftOf(only?.content ?? { kind: 'text', body: '' })?.attachments).toEqual([chosen]);
  expect(canBeDocument(chosen, channel)).toBe(true);
  // A sound is not shown as anything else, and what this channel takes no documents of cannot be one.
  expect(canBeDocument(file('b', 'audio/mpeg'), channel)).toBe(false);
  expect(canBeDocument(file('a', 'image/png'), { uploads: {} })).toBe(false);
});

test('what did not go through stays in the draft', () => {
  const all = draft('two', file('a', 'image/png'), file('b', 'image/png'));
  const out = outgoingOf(all, channel);
  expect(remainder(all, [])).toEqual(all);
  expect(remainder(all, out.slice(0, 2))).toEqual({
    text: '',
    quotedMessageId: null,
    attachments: [file('b', 'image/png')],
  });
});

test('a message taken back is a draft again, a template is not', () => {
  expect(draftOf({ kind: 'text', body: 'hi' })?.text).toBe('hi');
  const { media } = file('a', 'image/png');
  expect(draftOf({ kind: 'image', media, caption: 'x' })).toEqual({
    text: 'x',
    quotedMessageId: null,
    attachments: [{ media, caption: '' }],
  });
  expect(draftOf({ kind: 'system', event: 'other', text: '' })).toBeNull();
});
