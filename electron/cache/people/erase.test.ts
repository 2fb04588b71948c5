/** Nothing that says anything about an erased person is left, also for whoever has the key: looked for in the plain bytes of every page. */
import { expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import {
  contactOf,
  conversationOf,
  draftOf,
  me,
  messageOf,
  noteOf,
  openBench,
  plainPages,
  policy,
  sendCommand,
  session,
  snapshotAt,
} from '../../../test/support/cache-kit.ts';
import type { Bench } from '../../../test/support/cache-kit.ts';
import { openRequest } from '../../../shared/domain/rights-desk.ts';
import { readDiscardedFiles } from '../read/media.ts';
import { search } from '../search/search.ts';

/** Words that stand nowhere else, one for each place. Folded, as the index has them. */
const WORDS = [
  'quagwordname',
  'quagwordcompany',
  'quagwordnote',
  'quagwordmail',
  'quagwordfield',
  'quagwordmessage',
  'quagwordhistory',
  'quagwordinternal',
  'quagworddraft',
  'quagwordoutbox',
  'quagwordedit',
  'quagwordfile',
  'quagwordstaged',
  'quagwordquarantine',
  'quagwordimport',
  'quagwordconsent',
  'quagwordloser',
  'quagwordrights',
  'quagwordactivity',
  'quagwordlabel',
  '4930555123',
  'quagwordscoped',
];

function foundIn(bench: Bench): string[] {
  const bytes = plainPages(bench);
  return WORDS.filter((word) => bytes.includes(word));
}

const media = (fileName: string) => ({
  id: newId(),
  mimeType: 'application/pdf',
  size: 3,
  sha256: null,
  fileName,
});

function filled() {
  const bench = openBench();
  const loser = contactOf({ name: 'quagwordloser', mergedInto: 'p', email: 'quagwordloser@example.test' });
  const person = contactOf({
    name: 'Quagwordname',
    company: 'quagwordcompany',
    note: 'quagwordnote',
    email: 'quagwordmail@example.test',
    phone: '+4930555123',
    fields: { [newId()]: 'quagwordfield' },
    identities: [
      {
        channelKind: 'whatsapp',
        externalId: 'quagwordscoped',
        parentExternalId: null,
        phone: '+4930555123',
        username: null,
      },
    ],
  });
  loser.mergedInto = person.id;
  const other = contactOf({ name: 'Somebody else' });
  const theirs = conversationOf({
    contactId: person.id,
    activeAt: 900,
    lastMessage: {
      id: newId(),
      kind: 'text',
      text: 'quagwordmessage',
      direction: 'in',
      status: null,
      at: 900,
    },
  });
  const others = conversationOf({ contactId: other.id });
  const message = messageOf(theirs, 'quagwordmessage', { sentAt: 900 });
  const file = messageOf(theirs, '', {
    sentAt: 901,
    content: { kind: 'document', media: media('quagwordfile.pdf'), caption: '' } as never,
  });
  const old = messageOf(theirs, 'quagwordhistory', { sentAt: 100 });
  const kept = messageOf(others, 'something else', { sentAt: 800 });
  const request = openRequest(
    {
      id: newId(),
      kind: 'erase',
      contactId: person.id,
      way: 'mail',
      eu: false,
      receivedAt: 1,
      recordedAt: 1,
      recordedBy: me.id,
      timeZone: 'UTC',
      details: 'quagwordrights',
    },
    policy,
  );
  bench.write.saveSession(session);
  bench.write.applySnapshot({ ...snapshotAt(10), rights: [{ ...request, rev: 9 }] });
  const entry = {
    id: newId(),
    contactId: person.id,
    purpose: 'service',
    channelKind: null,
    state: 'given',
    at: 1,
    method: 'paper',
    source: 'quagwordconsent',
    recordedBy: me.id,
    recordedAt: 1,
    rev: 5,
  };
  const merge = {
    id: newId(),
    winner: person,
    loser,
    conversationIds: [],
    choices: {},
    mergedBy: null,
    mergedAt: 1,
    undoneAt: null,
    rev: 4,
  };
  bench.write.applyPage({
    type: 'conversations',
    rejected: [{ raw: { conversationId: theirs.id, text: 'quagwordquarantine' }, issue: 'x' }],
    page: {
      asOf: 10,
      items: [
        { conversation: theirs, contact: person, messages: [message, file] },
        { conversation: others, contact: other, messages: [kept] },
      ],
      consents: [entry],
      merges: [merge],
      next: null,
    },
  });
  const notes = [noteOf(theirs, 'quagwordinternal')];
  const activities = [
    {
      id: newId(),
      conversationId: theirs.id,
      at: 5,
      by: null,
      change: { type: 'created' },
      note: 'quagwordactivity',
      rev: 2,
    },
  ];
  bench.write.applyPage({
    type: 'history',
    page: { asOf: 10, messages: [old], notes, activities: activities as never, next: null },
  });
  bench.write.applyPage({ type: 'contacts', page: { asOf: 10, contacts: [loser], next: null } });
  expect(bench.write.maintain({ budgetMs: 60_000 })).toEqual({ more: false });
  const staged = media('quagwordstaged.pdf');
  const stage = { file: 'staged-file', key: new Uint8Array(32), size: 3, sha256: 'x', now: 1 };
  bench.write.stageMedia({ media: staged as never, ...stage });
  bench.write.saveDraft({
    conversationId: theirs.id,
    draft: draftOf('quagworddraft', { attachments: [{ media: staged as never, caption: '' }] }),
    now: 1,
  });
  const contactId = person.id;
  const changes = [
    { contactId, create: false, patch: { company: 'quagwordedit' } },
    { contactId: other.id, create: false, patch: { company: 'Kept' } },
  ];
  const commands: Command[] = [
    sendCommand(theirs, 'quagwordoutbox'),
    { id: newId(), type: 'contacts.change', data: { changes, importId: null } },
  ];
  for (const command of commands) bench.write.enqueue({ command, me: me.id, now: 2_000 });
  while (bench.write.showKept());
  const importId = newId();
  bench.write.stageImportRows({
    importId,
    rows: [
      { n: 0, line: 2, raw: '["quagwordimport","+4930555123"]' },
      { n: 1, line: 3, raw: '["another"]' },
    ],
  });
  const change = { contact: { contactId, create: false, patch: { name: 'quagwordlabel' } }, consents: [] };
  bench.write.setImportVerdicts({
    importId,
    verdicts: [
      { n: 0, verdict: 'update', name: 'Quagwordimport', contactId, reason: null, column: null, change },
    ],
  });
  return { bench, person, loser, other, theirs, others, message, request, entry, file };
}

const event = (seq: number, type: string, data: unknown) => ({ seq, at: seq, type, data });

test('erasing leaves none of their words in any page, and nothing of the others is touched', () => {
  const { bench, person, other, theirs } = filled();
  using _ = bench;
  expect(foundIn(bench)).toEqual(expect.arrayContaining(WORDS.filter((word) => word !== 'quagwordactivity')));
  bench.write.saveMedia({
    id: readMediaId(bench),
    file: 'their-file',
    key: new Uint8Array(32),
    size: 3,
    sha256: 'x',
  });
  const { counts, changes } = bench.write.eraseContact({ contactId: person.id, now: 99 }) as {
    counts: Record<string, number>;
    changes: { people: boolean };
  };
  expect(foundIn(bench)).toEqual([]);
  expect(counts).toMatchObject({
    contacts: 2,
    conversations: 1,
    notes: 1,
    consents: 1,
    merges: 1,
    drafts: 1,
    outbox: 2,
    quarantined: 1,
  });
  expect(changes.people).toBe(true);
  expect(readDiscardedFiles(bench.db).toSorted()).toEqual(['staged-file', 'their-file']);
  expect(bench.db.get`SELECT count(*) AS n FROM pragma_freelist_count WHERE freelist_count > 0`).toEqual({
    n: 0,
  });
  const pending = bench.db.all<{ command: string }>`SELECT command FROM outbox`.map(
    ({ command }) => JSON.parse(command) as Command,
  );
  expect(pending).toMatchObject([{ type: 'contacts.change', data: { changes: [{ contactId: other.id }] } }]);
  expect(bench.db.get`SELECT json ->> 'company' AS company FROM contacts WHERE id = ${other.id}`).toEqual({
    company: 'Kept',
  });
  expect(search(bench.db, { text: 'something', conversationId: null, limit: 5, now: 99 }).hits).toHaveLength(
    1,
  );
  // What stays: ids and a time.
  const left = bench.db.all<{ id: string; kind: string; at: number }>`SELECT id, kind, at FROM erased`;
  expect(left).toHaveLength(3);
  expect(left).toContainEqual({ id: theirs.id, kind: 'conversation', at: 99 });
});

function readMediaId(bench: Bench): string {
  return bench.db.get<{ id: string }>`SELECT id FROM media`?.id ?? '';
}

test('nothing that comes late brings them back: events, pages, echoes and answers', () => {
  const { bench, person, theirs, message, entry, request, file } = filled();
  using _ = bench;
  const erased = { contactId: person.id, conversationIds: [theirs.id], requestId: null, erasedAt: 99 };
  bench.write.applyBatch({ from: 10, to: 11, head: 11, events: [event(11, 'contact.erased', erased)] });
  expect(foundIn(bench)).toEqual([]);
  const late = [
    event(12, 'contact.changed', { contact: { ...person, rev: 12 } }),
    event(13, 'contacts.changed', { contacts: [{ ...person, rev: 13 }] }),
    event(14, 'message.created', {
      message: { ...message, id: newId(), rev: 14 },
      conversation: { ...theirs, rev: 14 },
    }),
    event(15, 'conversation.granted', {
      conversation: { ...theirs, rev: 15 },
      contact: { ...person, rev: 15 },
    }),
    event(16, 'note.created', { note: noteOf(theirs, 'quagwordinternal', { rev: 16 }) }),
    event(17, 'consent.recorded', { entry: { ...entry, id: newId(), rev: 17 } }),
    event(18, 'rights.changed', { request: { ...request, details: 'quagwordrights', rev: 18 } }),
    event(19, 'message.created', {
      message: { ...file, rev: 19 },
      conversation: { ...theirs, id: newId(), contactId: person.id, rev: 19 },
    }),
    event(20, 'contact.erased', erased),
    event(21, 'message.created', { conversation: theirs, text: 'quagwordquarantine' }),
  ];
  expect(bench.write.applyBatch({ from: 11, to: 21, head: 21, events: late }).cursor).toBe(21);
  const page = {
    asOf: 21,
    items: [{ conversation: theirs, contact: person, messages: [message] }],
    next: null,
  };
  bench.write.restartSync(undefined);
  bench.write.applySnapshot({
    ...snapshotAt(21),
    rights: [{ ...request, details: 'quagwordrights', rev: 30 }],
  });
  bench.write.applyPage({ type: 'conversations', page });
  bench.write.applyPage({ type: 'history', page: { asOf: 21, messages: [message], notes: [], next: null } });
  bench.write.applyPage({ type: 'contacts', page: { asOf: 21, contacts: [person], next: null } });
  expect(foundIn(bench)).toEqual([]);
});
