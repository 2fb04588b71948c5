/**
 * What is on the disk: no word, name or number of anybody in the cache file, its journal or anything beside it, while it is open and after
 * it was closed; and SQLCipher itself, another implementation, reads the file with the key and gets nothing without.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { askWitness, findWitness } from '../support/sqlcipher-witness.ts';
import {
  draftOf,
  KEY,
  contactOf,
  conversationOf,
  me,
  messageOf,
  noteOf,
  openTestCache,
  sendCommand,
  session,
  snapshotAt,
  temporaryFolder,
} from '../support/cache-kit.ts';

const SECRETS = [
  'rhododendron',
  'quicksilver',
  'Wilhelmina Featherstone',
  '+491701234567',
  'w.featherstone@example.test',
  'heliotrope',
  'marzipan',
  'tourmaline',
  'access-token-of-this-test',
];

async function fillCache(file: string) {
  const conversation = conversationOf();
  const cache = await openTestCache(file);
  await cache.write.saveSession({ ...session, tokens: { ...session.tokens, accessToken: SECRETS[8]! } });
  await cache.write.applySnapshot(snapshotAt(10));
  const contact = contactOf({
    id: conversation.contactId,
    name: SECRETS[2]!,
    phone: SECRETS[3]!,
    email: SECRETS[4]!,
    fields: { favourite: SECRETS[5]! },
  });
  const messages = Array.from({ length: 800 }, (_, index) =>
    messageOf(conversation, `${SECRETS[0]} and more words, number ${index}`, { sentAt: index }),
  );
  await cache.write.applyPage({
    type: 'conversations',
    page: { asOf: 10, items: [{ conversation, contact, messages }], next: null },
  });
  const notes = [noteOf(conversation, `a note about ${SECRETS[6]}`)];
  await cache.write.applyPage({
    type: 'history',
    page: { asOf: 10, messages: [], notes, activities: [], next: null },
  });
  await cache.write.enqueue({
    command: sendCommand(conversation, `we answer ${SECRETS[1]}`),
    me: me.id,
    now: 5_000,
  });
  await cache.write.saveDraft({
    conversationId: conversation.id,
    draft: draftOf(`half ${SECRETS[7]}`),
    now: 1,
  });
  await cache.write.applyBatch({
    from: 10,
    to: 11,
    head: 11,
    events: [{ seq: 11, at: 1, type: 'strange', data: SECRETS[0] }],
  });
  await cache.write.maintain({ budgetMs: 60_000 });
  const found = await cache.search.search({ text: SECRETS[0]!, conversationId: null, limit: 5, now: 6_000 });
  expect(found.hits).toHaveLength(5);
  return { cache, conversation };
}

/** Names of files that contain one of the secrets, in any of the encodings in which SQLite or JavaScript might have written it. */
function leaks(folder: string): string[] {
  const found: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const bytes = readFileSync(path.join(folder, name));
    for (const secret of SECRETS) {
      const forms = [Buffer.from(secret), Buffer.from(secret, 'utf16le'), Buffer.from(secret.toLowerCase())];
      if (forms.some((form) => bytes.includes(form))) found.push(`${name}: ${secret}`);
    }
    if (bytes.includes(Buffer.from(KEY)) || bytes.includes(Buffer.from(KEY).toString('hex')))
      found.push(`${name}: key`);
  }
  return found;
}

test('nothing that anybody said, and no key, is readable on the disk', async () => {
  using temporary = temporaryFolder();
  const { cache } = await fillCache(temporary.file);
  const names = readdirSync(temporary.folder);
  expect(names).toContain('parley.db-wal');
  expect(leaks(temporary.folder)).toEqual([]);
  await cache.close();
  expect(leaks(temporary.folder)).toEqual([]);
  expect(readFileSync(temporary.file).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
});

test('what is deleted is gone from what the key can read, too', async () => {
  using temporary = temporaryFolder();
  const { cache } = await fillCache(temporary.file);
  await cache.write.clear({ discardUnsent: true });
  expect(await cache.read.dump()).toEqual({ conversations: [], contacts: [], messages: [], notes: [] });
  expect(await cache.read.session()).toBeNull();
  expect(await cache.read.unsentCount()).toBe(0);
  const { cacheBytes } = await cache.read.diagnostics();
  expect(cacheBytes).toBeLessThan(100 * 4096);
  await cache.close();
});

test(
  'SQLCipher opens the file with the key, finds it whole, and gets nothing without',
  { timeout: 700_000 },
  async (context) => {
    const witness = await findWitness();
    if ('whyNot' in witness) return context.skip(witness.whyNot);
    using temporary = temporaryFolder();
    const { cache } = await fillCache(temporary.file);
    await cache.close();
    const right = `PRAGMA key = "x'${Buffer.from(KEY).toString('hex')}'"`;
    const wrong = `PRAGMA key = "x'${'11'.repeat(32)}'"`;
    const shard =
      "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%search_%' ORDER BY name LIMIT 1";
    const opened = await askWitness(
      witness,
      temporary.file,
      [right],
      [
        'PRAGMA cipher_integrity_check',
        'PRAGMA integrity_check',
        'SELECT count(*) FROM messages',
        'PRAGMA cipher_version',
        shard,
      ],
    );
    expect(opened).toMatchObject({ opened: true, error: null });
    expect(opened.rows.slice(0, 3)).toEqual([[], [['ok']], [[801]]]);
    expect(String(opened.rows[3]?.[0]?.[0])).toMatch(/^4\./u);
    const table = String(opened.rows[4]?.[0]?.[0]);
    const words = `SELECT count(*) FROM ${table} WHERE ${table} MATCH '${SECRETS[0]}'`;
    expect((await askWitness(witness, temporary.file, [right], [words])).rows).toEqual([[[800]]]);
    for (const pragmas of [[], [wrong]]) {
      const refused = await askWitness(witness, temporary.file, pragmas, [
        'SELECT count(*) FROM sqlite_master',
      ]);
      expect(refused).toMatchObject({ opened: false, rows: [] });
      expect(refused.error).toMatch(/NOTADB/u);
    }
  },
);
