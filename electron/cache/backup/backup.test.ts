import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Cache } from '../api.ts';
import {
  KEY,
  WORKERS,
  contactOf,
  conversationOf,
  draftOf,
  messageOf,
  noteOf,
  openTestCache,
  session,
  snapshotAt,
  temporaryFolder,
} from '../../../test/support/cache-kit.ts';
import { askWitness, findWitness } from '../../../test/support/sqlcipher-witness.ts';
import { type OpenedCopy, copyCache, openCopy } from './copies.ts';
import { PORTION_KINDS, type RestoreCutoffs } from './types.ts';

const OTHER = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
const FOREVER: RestoreCutoffs = { messages: null, notes: null, files: null };

async function filled(file: string) {
  const cache = await openTestCache(file);
  const conversation = conversationOf();
  const contact = contactOf({ id: conversation.contactId, name: 'Wilhelmina Featherstone' });
  const messages = Array.from({ length: 900 }, (_, index) =>
    messageOf(conversation, `rhododendron ${index}`, { sentAt: 1_000 + index }),
  );
  await cache.write.saveSession(session);
  await cache.write.applySnapshot(snapshotAt(10));
  await cache.write.applyPage({
    type: 'conversations',
    page: { asOf: 10, items: [{ conversation, contact, messages }], next: null },
  });
  const notes = [noteOf(conversation, 'marzipan')];
  await cache.write.applyPage({
    type: 'history',
    page: { asOf: 10, messages: [], notes, activities: [], next: null },
  });
  await cache.write.saveDraft({
    conversationId: conversation.id,
    draft: draftOf('half a tourmaline'),
    now: 1,
  });
  return { cache, conversation, contact, messages, notes };
}

async function copyOf(folder: string, file: string): Promise<{ target: string; copy: OpenedCopy }> {
  const target = path.join(folder, 'copy.db');
  await copyCache({ file, key: KEY, workers: WORKERS, target, targetKey: OTHER });
  return { target, copy: await openCopy({ file: target, key: OTHER, workers: WORKERS }) };
}

async function restore(copy: OpenedCopy, cache: Cache, cutoffs = FOREVER) {
  const sum = { added: 0, renewed: 0, left: 0 };
  for (const kind of PORTION_KINDS) {
    for (let after = -1; ;) {
      const next = await copy.portion({ kind, after, limit: 250 });
      if (next === null) break;
      after = next.last;
      const outcome = await cache.write.restorePortion({ portion: next.portion, cutoffs });
      sum.added += outcome.added;
      sum.renewed += outcome.renewed;
      sum.left += outcome.left;
    }
  }
  return sum;
}

async function emptyCache(file: string): Promise<Cache> {
  const cache = await openTestCache(file);
  await cache.write.saveSession(session);
  await cache.write.applySnapshot(snapshotAt(10));
  await cache.write.applyPage({ type: 'conversations', page: { asOf: 10, items: [], next: null } });
  await cache.write.applyPage({
    type: 'history',
    page: { asOf: 10, messages: [], notes: [], activities: [], next: null },
  });
  return cache;
}

test(
  'a copy is under its own key alone, never plain, and whole; SQLCipher says the same',
  { timeout: 700_000 },
  async (context) => {
    using temporary = temporaryFolder();
    const { cache } = await filled(temporary.file);
    const { target, copy } = await copyOf(temporary.folder, temporary.file);
    const report = await copy.report();
    expect(report).toMatchObject({
      sound: true,
      oldestMessageAt: 1_000,
      owner: { me: { id: session.me.id } },
    });
    expect(report.counts).toMatchObject({
      conversations: 1,
      contacts: 1,
      messages: 900,
      notes: 1,
      drafts: 1,
    });
    await copy.close();
    await cache.close();
    await expect(openCopy({ file: target, key: KEY, workers: WORKERS })).rejects.toMatchObject({
      kind: 'wrong_key',
    });
    for (const name of readdirSync(temporary.folder)) {
      const bytes = readFileSync(path.join(temporary.folder, name));
      for (const word of ['rhododendron', 'Wilhelmina', 'marzipan', 'tourmaline', 'SQLite format 3'])
        expect(bytes.includes(word), `${name}: ${word}`).toBe(false);
    }
    const witness = await findWitness();
    if ('whyNot' in witness) return context.skip(witness.whyNot);
    const right = `PRAGMA key = "x'${Buffer.from(OTHER).toString('hex')}'"`;
    const asked = [
      'PRAGMA cipher_integrity_check',
      'PRAGMA integrity_check',
      'SELECT count(*) FROM messages',
    ];
    expect(await askWitness(witness, target, [right], asked)).toMatchObject({
      opened: true,
      error: null,
      rows: [[], [['ok']], [[900]]],
    });
    const wrong = `PRAGMA key = "x'${Buffer.from(KEY).toString('hex')}'"`;
    expect(await askWitness(witness, target, [wrong], asked)).toMatchObject({ opened: false });
  },
);

test('a changed page of a copy is found', async () => {
  using temporary = temporaryFolder();
  const { cache } = await filled(temporary.file);
  const { target, copy } = await copyOf(temporary.folder, temporary.file);
  await copy.close();
  const { writeFileSync } = await import('node:fs');
  const bytes = readFileSync(target);
  bytes[20 * 4096 + 100]! ^= 1;
  writeFileSync(target, bytes);
  const damaged = await openCopy({ file: target, key: OTHER, workers: WORKERS });
  const found = await damaged.report().then(
    ({ sound }) => sound,
    (error: { kind?: string }) => error.kind,
  );
  expect([false, 'damaged']).toContain(found);
  await damaged.close();
  await cache.close();
});

test('into an empty cache everything comes back, once; a second time nothing changes', async () => {
  using first = temporaryFolder();
  using second = temporaryFolder();
  const source = await filled(first.file);
  const { copy } = await copyOf(first.folder, first.file);
  const cache = await emptyCache(second.file);
  expect(await restore(copy, cache)).toEqual({ added: 904, renewed: 0, left: 0 });
  const before = await source.cache.read.dump();
  const after = await cache.read.dump();
  expect(after).toEqual(before);
  expect((await cache.read.diagnostics()).messages).toBe(900);
  expect(await cache.read.conversation({ id: source.conversation.id })).toMatchObject({
    draft: { text: 'half a tourmaline' },
  });
  await cache.write.maintain({ budgetMs: 10_000 });
  const found = await cache.search.search({
    text: 'rhododendron 17',
    conversationId: null,
    limit: 5,
    now: 6_000,
  });
  expect(found.hits.length).toBeGreaterThan(0);
  expect(await restore(copy, cache)).toEqual({ added: 0, renewed: 0, left: 904 });
  expect(await cache.read.dump()).toEqual(after);
  await copy.close();
  await cache.close();
  await source.cache.close();
});

test('never an older state over a newer one; the erased stay erased; what is over stays away', async () => {
  using first = temporaryFolder();
  using second = temporaryFolder();
  const source = await filled(first.file);
  const { copy } = await copyOf(first.folder, first.file);

  // Here the same conversation with a newer contact, and one newer and one older message.
  const cache = await emptyCache(second.file);
  const { conversation, contact } = source;
  const [one, two] = source.messages;
  const newer = { ...one!, content: { kind: 'text' as const, body: 'edited since' }, rev: one!.rev + 5 };
  await cache.write.restartSync();
  await cache.write.applySnapshot(snapshotAt(10));
  const here = {
    conversation,
    contact: { ...contact, name: 'Renamed', rev: contact.rev + 5 },
    messages: [newer],
  };
  await cache.write.applyPage({ type: 'conversations', page: { asOf: 10, items: [here], next: null } });
  const cutoffs = { ...FOREVER, messages: two!.sentAt + 1 };
  await restore(copy, cache, cutoffs);
  const { messages, contacts } = await cache.read.dump();
  expect(contacts.map(({ name }) => name)).toEqual(['Renamed']);
  expect(messages.find(({ id }) => id === one!.id)?.content).toEqual({ kind: 'text', body: 'edited since' });
  expect(messages.some(({ id }) => id === two!.id)).toBe(false);
  expect(messages).toHaveLength(899);

  await cache.write.eraseContact({ contactId: contact.id, now: 7_000 });
  const again = await restore(copy, cache);
  expect(again.added).toBe(0);
  expect((await cache.read.dump()).messages).toEqual([]);
  await copy.close();
  await cache.close();
  await source.cache.close();
});
