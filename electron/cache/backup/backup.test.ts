import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { mediaOf } from '../../../shared/domain/message-content.ts';
import type { Cache } from '../api.ts';
import {
  KEY,
  WORKERS,
  contactOf,
  conversationOf,
  draftOf,
  messageOf,
  noteOf,
  openBench,
  openTestCache,
  session,
  snapshotAt,
  synchronised,
  temporaryFolder,
} from '../../../test/support/cache-kit.ts';
import { plainPages } from '../../../test/support/plain-pages.ts';
import { askWitness, findWitness } from '../../../test/support/sqlcipher-witness.ts';
import { type OpenedCopy, copyCache, openCopy } from '../copies.ts';
import type { Cutoffs, Held } from '../retention/types.ts';
import { noTally } from './judge.ts';
import { type Portion, type PortionKind, type Tally, VERDICTS } from './types.ts';

const OTHER = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);

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

/** As `Cache['write']`, and as the writer on this thread. */
type Target = { restorePortion(input: { portion: Portion }): unknown };

async function restore(copy: OpenedCopy, target: Target) {
  const sum = noTally();
  const kinds = new Map<PortionKind, Tally>();
  for await (const portion of copy.portions(250)) {
    const { tally } = (await target.restorePortion({ portion })) as { tally: Tally };
    const of = kinds.get(portion.kind) ?? noTally();
    for (const verdict of VERDICTS) {
      of[verdict] += tally[verdict];
      sum[verdict] += tally[verdict];
    }
    kinds.set(portion.kind, of);
  }
  return { ...sum, kinds };
}

/** After a first sync that has told the conversation, and nothing of what was said in it. */
async function freshCache(
  file: string,
  { conversation, contact }: Awaited<ReturnType<typeof filled>>,
): Promise<Cache> {
  const cache = await openTestCache(file);
  await cache.write.saveSession(session);
  await cache.write.applySnapshot(snapshotAt(10));
  const items = [{ conversation, contact, messages: [] }];
  await cache.write.applyPage({ type: 'conversations', page: { asOf: 10, items, next: null } });
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
  const bytes = readFileSync(target);
  const place = 20 * 4096 + 100;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
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

test('into a fresh cache everything comes back, once; a second time nothing changes', async () => {
  using first = temporaryFolder();
  using second = temporaryFolder();
  const source = await filled(first.file);
  const { copy } = await copyOf(first.folder, first.file);
  const cache = await freshCache(second.file, source);
  expect(await restore(copy, cache.write)).toMatchObject({
    added: 902,
    renewed: 0,
    left: 2,
    over: 0,
    away: 0,
  });
  const before = await source.cache.read.dump();
  const after = await cache.read.dump();
  expect(after).toEqual(before);
  expect((await cache.read.diagnostics()).messages).toBe(900);
  expect(await cache.read.conversation({ id: source.conversation.id })).toMatchObject({
    draft: { text: 'half a tourmaline' },
  });
  await cache.write.maintain({ budgetMs: 60_000 });
  const found = await cache.search.search({
    text: 'rhododendron 17',
    conversationId: null,
    limit: 5,
    now: 6_000,
  });
  expect(found.hits.length).toBeGreaterThan(0);
  expect(await restore(copy, cache.write)).toMatchObject({ added: 0, renewed: 0, left: 904 });
  expect(await cache.read.dump()).toEqual(after);
  await copy.close();
  await cache.close();
  await source.cache.close();
});

test('never an older state over a newer one; the erased stay erased; what was taken from this user stays away', async () => {
  using first = temporaryFolder();
  using second = temporaryFolder();
  using third = temporaryFolder();
  const source = await filled(first.file);
  const { copy } = await copyOf(first.folder, first.file);

  // Here the same conversation with a newer contact, and one newer message.
  const { conversation, contact, messages } = source;
  const [one] = messages;
  if (one === undefined) throw new Error('no message');
  const newer = { ...one, content: { kind: 'text' as const, body: 'edited since' }, rev: one.rev + 5 };
  const cache = await openTestCache(second.file);
  await cache.write.saveSession(session);
  await cache.write.applySnapshot(snapshotAt(10));
  const here = {
    conversation,
    contact: { ...contact, name: 'Renamed', rev: contact.rev + 5 },
    messages: [newer],
  };
  await cache.write.applyPage({ type: 'conversations', page: { asOf: 10, items: [here], next: null } });
  await restore(copy, cache.write);
  const { messages: all, contacts } = await cache.read.dump();
  expect(contacts.map(({ name }) => name)).toEqual(['Renamed']);
  expect(all.find(({ id }) => id === one.id)?.content).toEqual({ kind: 'text', body: 'edited since' });
  expect(all).toHaveLength(900);

  await cache.write.eraseContact({ contactId: contact.id, now: 7_000 });
  expect(await restore(copy, cache.write)).toMatchObject({ added: 0, renewed: 0, blanked: 0 });
  expect((await cache.read.dump()).messages).toEqual([]);

  // The gateway lists another conversation only.
  const others = { conversation: conversationOf(), contact: contactOf(), messages: [] };
  const withdrawn = await freshCache(third.file, { ...source, ...others, messages: [] });
  expect(await restore(copy, withdrawn.write)).toMatchObject({ added: 0, renewed: 0, away: 904 });
  expect((await withdrawn.read.dump()).messages).toEqual([]);
  await copy.close();
  for (const each of [cache, withdrawn, source.cache]) await each.close();
});

const NEVER: Cutoffs = { content: null, log: null, media: null, notes: null, exports: null, audit: null };
const NOBODY: Held = { all: false, conversationIds: [], contactIds: [] };

test('a restore brings nothing back that a purge would have taken, and the preview knows each number of it', async () => {
  using first = temporaryFolder();
  const source = await filled(first.file);
  const { conversation, contact, messages } = source;
  const at = (index: number) => messages[index]?.sentAt ?? 0;
  // Three messages have files: before every cut-off, between them, after them.
  const files = { mimeType: 'image/png', size: 3, sha256: null, fileName: null };
  const pictures = [100, 500, 800].map((index) => {
    const media = { ...files, id: newId() };
    return messageOf(conversation, '', {
      sentAt: at(index),
      content: { kind: 'image', media, caption: null },
    });
  });
  await source.cache.write.applyPage({
    type: 'conversation',
    request: { conversationId: conversation.id, cursor: null, limit: 10 },
    page: { asOf: 10, messages: pictures, notes: [], activities: [], next: null },
  });
  for (const { content } of pictures) {
    const media = mediaOf(content);
    if (media === null) throw new Error('no file');
    await source.cache.write.saveMedia({
      id: media.id,
      file: media.id.replaceAll('-', ''),
      key: Uint8Array.from({ length: 32 }, () => 9),
      size: 3,
      sha256: 'a'.repeat(64),
    });
  }
  const { copy } = await copyOf(first.folder, first.file);

  for (const held of [NOBODY, { ...NOBODY, conversationIds: [conversation.id] }]) {
    using bench = openBench();
    synchronised(bench, conversation, [], { contact });
    const kept = {
      at: 9_000,
      cutoffs: { ...NEVER, log: at(300), content: at(600), media: at(700), notes: 10 ** 15 },
      held,
    };
    const live = await openCopy({ file: bench.db.raw.name, key: KEY, workers: WORKERS });
    const foreseen = new Map<PortionKind, Tally>();
    for await (const { kind, tally } of live.forecast(kept, copy.portions(170))) {
      const of = foreseen.get(kind) ?? noTally();
      for (const verdict of VERDICTS) of[verdict] += tally[verdict];
      foreseen.set(kind, of);
    }
    await live.close();

    bench.write.startPurge({
      id: newId(),
      reason: 'restore',
      now: kept.at,
      mode: 'delete',
      cutoffs: kept.cutoffs,
      held,
      drop: [],
      before: 0,
      nothing: true,
    });
    while ((bench.write.purgeStep({ budgetMs: 50 }) as { more: boolean }).more);
    const { kinds } = await restore(copy, bench.write);
    expect(kinds).toEqual(foreseen);
    const free = held === NOBODY;
    expect(kinds.get('messages')).toMatchObject(
      free ? { over: 301, blanked: 301, added: 301 } : { over: 0, blanked: 0, added: 903 },
    );
    expect(kinds.get('notes')).toMatchObject(free ? { over: 1 } : { added: 1 });
    expect(kinds.get('files')).toMatchObject(free ? { added: 1, over: 2 } : { added: 3 });
    while ((bench.write.maintain({ budgetMs: 100 }) as { more: boolean }).more);
    const plain = plainPages(bench.db);
    for (const [index, expired] of [
      [299, true],
      [599, true],
      [600, false],
    ] as const)
      expect({ index, there: plain.includes(`rhododendron ${index}"`) }).toEqual({
        index,
        there: !(expired && free),
      });
    expect(plain.includes('marzipan')).toBe(!free);
  }
  await copy.close();
  await source.cache.close();
});
