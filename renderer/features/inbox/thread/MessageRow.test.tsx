import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { ThreadItem } from '../../../../shared/contract/rows.ts';
import type { MessageKind } from '../../../../shared/domain/message-content.ts';
import { BridgeProvider } from '../../../lib/bridge/context.ts';
import { everyKind } from '../../../lib/bridge/memory/everyKind.ts';
import { MemoryBridge } from '../../../lib/bridge/memory/memory.ts';
import { createWorld } from '../../../lib/bridge/memory/world.ts';
import { createQueryClient } from '../../../lib/queries/client.ts';
import type { ThreadTools } from './context.ts';
import { ThreadToolsProvider } from './context.ts';
import { ActivityRow } from './ActivityRow.tsx';
import { MessageRow } from './MessageRow.tsx';
import { NoteRow } from './NoteRow.tsx';

const now = new Date(2026, 4, 20, 12).getTime();
const world = createWorld(now, 2, 10);
const items = everyKind('c0', 'support', now);
const tools: ThreadTools = {
  lookup: {
    users: new Map(world.users.map((user) => [user.id, user])),
    teams: new Map(),
    channels: new Map(),
    labels: new Map(),
  },
  meId: 'ana',
  contactName: 'Beatriz',
  can: { react: true, quote: true },
  retry: () => undefined,
  discard: () => undefined,
  edit: () => undefined,
  sendNow: () => undefined,
  openLink: () => undefined,
  reply: () => undefined,
  react: () => undefined,
  jumpTo: () => undefined,
  openPicture: () => undefined,
  openFile: () => undefined,
  open: () => undefined,
  addContact: () => Promise.resolve(),
};

function wordsOf(row: ReactElement): string {
  const markup = renderToStaticMarkup(
    <BridgeProvider value={new MemoryBridge(world)}>
      <QueryClientProvider client={createQueryClient()}>
        <ThreadToolsProvider value={tools}>{row}</ThreadToolsProvider>
      </QueryClientProvider>
    </BridgeProvider>,
  );
  return markup.replace(/<[^>]+>/gu, ' ').replace(/\s+/gu, ' ');
}

function rowOf(item: ThreadItem): ReactElement {
  switch (item.type) {
    case 'note':
      return <NoteRow note={item.note} outbox={item.outbox} />;
    case 'activity':
      return <ActivityRow activity={item.activity} />;
    case 'message':
      return <MessageRow message={item.message} outbox={item.outbox} first last />;
  }
}

function find(matches: (item: Extract<ThreadItem, { type: 'message' }>) => boolean): string {
  const item = items.find((each) => each.type === 'message' && matches(each));
  if (item === undefined) throw new Error('no such message in everyKind');
  return wordsOf(rowOf(item));
}

/** Words that an agent must find in each kind. Typed by kind: a new one does not compile until it is here. */
const EXPECTED: Record<MessageKind, string> = {
  text: 'Three',
  image: 'The box arrived like this',
  video: '0:14',
  audio: 'hold-music.mp3',
  voice: '0:23',
  document: 'Rechnung_2026-05_final_final(2).pdf',
  // A sticker is a picture alone; what is left in words is its time.
  sticker: '10:',
  location: 'Praça do Comércio',
  contacts: '+351 912 345 678',
  order: '€33.90',
  buttons: 'A new one',
  list: 'Choose a time',
  answer: 'Tuesday morning',
  template: 'Track the parcel',
  system: 'changed her number',
  call: 'Missed',
  unknown: 'ephemeral_poll',
};

test.each(Object.entries(EXPECTED))('a message of kind %s says what it holds', (kind, words) => {
  expect(find((item) => item.message.content.kind === kind)).toContain(words);
});

test('a failed message says what happened, what to do, the code, and offers Retry', () => {
  const words = find((item) => item.message.delivery?.status === 'failed');
  expect(words).toContain('More than 24 hours have passed since the customer last wrote.');
  expect(words).toContain('Send an approved template');
  expect(words).toContain('Code 131047');
  expect(words).toContain('Retry');
});

test('a held message says why and can be retried or discarded', () => {
  const words = find((item) => item.outbox?.state === 'held');
  expect(words).toContain('the customer has opted out');
  expect(words).toContain('Retry');
  expect(words).toContain('Discard');
});

test.each(['played', 'read', 'delivered', 'sent'] as const)('%s is said in a word', (status) => {
  const said = { played: 'Played', read: 'Read', delivered: 'Delivered', sent: 'Sent' }[status];
  expect(
    find((item) => item.message.delivery?.status === status && item.message.content.kind === 'text'),
  ).toContain(said);
});

test('a deleted, an edited and a forwarded message say so, reactions have words', () => {
  expect(find((item) => item.message.deletedAt !== null)).toContain('Deleted by the contact');
  const edited = find((item) => item.message.editedAt !== null);
  expect(edited).toContain('Edited');
  expect(edited).toContain('Photo · The box arrived like this');
  expect(edited).toContain('❤️ by the contact');
  expect(find((item) => item.message.forwarded === 'many')).toContain('Forwarded many times');
});

test('a note says that it is one, who wrote it, and who sees it', () => {
  const note = items.find((item) => item.type === 'note');
  if (note === undefined) throw new Error('no note in everyKind');
  const words = wordsOf(rowOf(note));
  expect(words).toContain('Internal note');
  expect(words).toContain('Sue Okafor');
  expect(words).toContain('Only your team sees this');
});
