/** Erasing with threads that read meanwhile: afterwards the folder has no word of the person, neither as it lies there nor for the key. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openReaderConnection } from '../../electron/cache/connection.ts';
import { EVERYBODY } from '../../shared/domain/contact-filter.ts';
import { newId } from '../../shared/domain/id.ts';
import {
  KEY,
  contactOf,
  conversationOf,
  me,
  messageOf,
  openTestCache,
  sendCommand,
  session,
  snapshotAt,
  temporaryFolder,
} from '../support/cache-kit.ts';

const WORDS = [
  'zanthername',
  'zanthermail',
  'zanthermessage',
  'zantheroutbox',
  'zantherdraft',
  'zantherimport',
];

test('nothing of an erased person is in the folder, the journal included, and readers see it at once', async () => {
  using temporary = temporaryFolder();
  const cache = await openTestCache(temporary.file, { readers: 2 });
  const person = contactOf({ name: 'Zanthername', email: 'zanthermail@example.test' });
  const conversation = conversationOf({ contactId: person.id });
  await cache.write.saveSession(session);
  await cache.write.applySnapshot(snapshotAt(1));
  const messages = Array.from({ length: 200 }, (_, n) =>
    messageOf(conversation, `zanthermessage ${n}`, { sentAt: n }),
  );
  const item = { conversation, contact: person, messages };
  await cache.write.applyPage({ type: 'conversations', page: { asOf: 1, items: [item], next: null } });
  while ((await cache.write.maintain({ budgetMs: 60_000 })).more);
  await cache.write.enqueue({ command: sendCommand(conversation, 'zantheroutbox'), me: me.id, now: 9 });
  const draft = { text: 'zantherdraft', quotedMessageId: null, attachments: [] };
  await cache.write.saveDraft({ conversationId: conversation.id, draft, now: 9 });
  const importId = newId();
  await cache.write.stageImportRows({
    importId,
    rows: [{ n: 0, line: 1, raw: '["zantherimport","zanthermail@example.test"]' }],
  });
  const list = () =>
    cache.read.contacts({
      filter: EVERYBODY,
      query: '',
      sort: { by: 'name', descending: false },
      now: 9,
      offset: 0,
      limit: 9,
    });
  expect((await list()).total).toBe(1);
  const reading = Array.from({ length: 20 }, () => list());
  const { counts } = await cache.write.eraseContact({ contactId: person.id, now: 10 });
  await Promise.all(reading);
  expect(counts).toMatchObject({
    contacts: 1,
    conversations: 1,
    messages: 201,
    outbox: 1,
    drafts: 1,
    importRows: 1,
  });
  expect(statSync(`${temporary.file}-wal`).size).toBe(0);
  expect((await list()).total).toBe(0);
  expect(await cache.read.contact({ id: person.id })).toBeNull();
  expect(await cache.read.unsentCount()).toBe(0);
  const raw = openReaderConnection({ file: temporary.file, key: Uint8Array.from(KEY) });
  // The pages as they are behind the cipher: tests only.
  const texts = [raw.serialize().toString('latin1')];
  raw.close();
  for (const name of readdirSync(temporary.folder))
    texts.push(readFileSync(path.join(temporary.folder, name)).toString('latin1'));
  for (const word of WORDS) for (const text of texts) expect(text.toLowerCase().includes(word)).toBe(false);
  await cache.close();
});
