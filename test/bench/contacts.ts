/** The contact manager at 100,000 people: search as one types, a stretch of the table anywhere, and an import beside a bare batch insert. */
import path from 'node:path';
import { mkdirSync, rmSync } from 'node:fs';
import type { Cache } from '../../electron/cache/api.ts';
import { openWriterConnection } from '../../electron/cache/connection.ts';
import { migrate } from '../../electron/cache/migrations/list.ts';
import { openCache } from '../../electron/cache/open.ts';
import { derive } from '../../electron/cache/people/derive.ts';
import { contactText } from '../../electron/cache/search/document.ts';
import { EVERYBODY } from '../../shared/domain/contact-filter.ts';
import type { ContactFilter, ContactSort } from '../../shared/domain/contact-filter.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import { indexText } from '../../shared/text/fold.ts';
import type { Benchmark, BenchOptions } from './benchmark.ts';
import { channels, labels, me, policy, users, workspace } from './directory.ts';
import { figure, figures, interleave, timeEach } from './measure.ts';
import { idOf, labelIds, personNumber, plan, score } from './people-data.ts';
import { mix } from './random.ts';
import { storedSession } from './session.ts';

const KEY = new Uint8Array(32).fill(7);
const WORKERS = {
  writer: new URL('../../electron/cache/worker/writer.ts', import.meta.url),
  reader: new URL('../../electron/cache/worker/reader.ts', import.meta.url),
};
const BATCH = 500;
const WINDOW = 50;
const NOW = 1_800_000_000_000;
const BY_NAME: ContactSort = { by: 'name', descending: false };

async function open(options: BenchOptions, name: string): Promise<{ cache: Cache; folder: string }> {
  const folder = path.join(options.scratch, name);
  mkdirSync(folder, { recursive: true });
  const cache = await openCache({
    file: path.join(folder, 'parley.db'),
    key: KEY,
    workers: WORKERS,
    readers: 1,
  });
  await cache.write.saveSession(storedSession('http://127.0.0.1:9'));
  const totals = { conversations: 0, messages: 0 };
  const own = labelIds.map(
    (id, n) => ({ id, name: `Segment ${n}`, colour: 'red', deleted: false, rev: 1 }) as const,
  );
  const directory = {
    workspace,
    me,
    users,
    channels,
    teams: [],
    labels: [...labels, ...own],
    templates: [],
    library: [],
  };
  await cache.write.applySnapshot({ asOf: 1, ...directory, fields: [plan, score], policy, totals });
  await cache.write.applyPage({ type: 'conversations', page: { asOf: 1, items: [], next: null } });
  return { cache, folder };
}

async function fill(cache: Cache, people: number, say: (line: string) => void): Promise<void> {
  for (let from = 0; from < people; from += 2_000) {
    const contacts = Array.from({ length: Math.min(2_000, people - from) }, (_, n) => personNumber(from + n));
    await cache.write.applyPage({
      type: 'contacts',
      page: { asOf: 1, contacts, next: from + 2_000 < people ? `${from}` : null },
    });
  }
  say(`${people} contacts are there`);
}

/** What people type: beginnings of names, two words, parts of numbers in any notation, addresses, labels. */
function queryNumber(n: number, people: number): string {
  const person = personNumber(mix(77, n) % people);
  const [first = '', middle = '', last = ''] = person.name.split(' ');
  const digits = person.phone?.slice(3) ?? '';
  switch (n % 8) {
    case 0:
      return first.slice(0, 3);
    case 1:
      return `${first} ${last.slice(0, 3)}`;
    case 2:
      return `${last} ${middle}`;
    case 3:
      return `0${digits.slice(0, 3)} ${digits.slice(3, 9)}`;
    case 4:
      return digits.slice(-6);
    case 5:
      return (person.email ?? person.name).slice(0, 12);
    case 6:
      return `segm ${first.slice(0, 2)}`;
    default:
      return first.slice(0, 2);
  }
}

export const benchmark: Benchmark = {
  title: 'The contact manager at 100,000 people',
  async run(options, say) {
    const people = options.quick ? 10_000 : 100_000;
    const { cache } = await open(options, 'contacts');
    await fill(cache, people, say);
    const list = (ask: { query?: string; filter?: ContactFilter; sort?: ContactSort; offset?: number }) =>
      cache.read.contacts({
        filter: EVERYBODY,
        query: '',
        sort: BY_NAME,
        now: NOW,
        offset: 0,
        limit: WINDOW,
        ...ask,
      });
    const cold = async (): Promise<number[]> => {
      // One change of one person: the orders are made anew.
      const contact = { ...personNumber(0), rev: (rev += 1) };
      const events = [{ seq: rev, at: 1, type: 'contact.changed', data: { contact } }];
      await cache.write.applyBatch({ from: rev - 1, to: rev, head: rev, events });
      return timeEach(1, () => list({}));
    };
    let rev = 1;
    // Another one each time: what was counted before is not counted again.
    const segmentOf = (n: number): ContactFilter => ({
      match: 'all',
      not: false,
      conditions: [
        { on: 'label', op: 'has', labelId: labelIds[n % labelIds.length] ?? '' },
        { on: 'field', fieldId: score.id, op: 'more', value: String(n) },
      ],
    });
    const samples = await interleave(
      options.rounds,
      {
        search: (round) => timeEach(400, (n) => list({ query: queryNumber(round * 1_000 + n, people) }), 10),
        window: (round) => timeEach(200, (n) => list({ offset: mix(round, n) % people }), 10),
        cold,
        field: (round) =>
          timeEach(
            100,
            (n) =>
              list({
                sort: { by: { fieldId: score.id }, descending: round % 2 === 0 },
                offset: mix(round, n) % people,
              }),
            5,
          ),
        segments: (round) =>
          timeEach(
            20,
            (n) => cache.read.contactCounts({ filters: [segmentOf(round * 100 + n)], now: NOW }),
            2,
          ),
        duplicates: () =>
          timeEach(10, (n) => cache.read.duplicates({ contactId: null, offset: n * 20, limit: 20 }), 1),
      },
      (round) => say(`round ${round + 1} of ${options.rounds}`),
    );
    await cache.close();
    const imported: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < Math.min(3, options.rounds); round += 1) {
      bare.push(bareInsert(options, people));
      imported.push(await importRows(options, people));
      say(
        `import ${round + 1}: ${Math.round(imported.at(-1) ?? 0)} rows/s beside ${Math.round(bare.at(-1) ?? 0)}`,
      );
    }
    return [
      ...figures('search in the table, first 50', 'ms', samples.search, {
        goals: { 0.99: { of: 'value', atMost: 10 } },
      }),
      ...figures('50 rows at any offset, by name', 'ms', samples.window, {
        goals: { 0.99: { of: 'value', atMost: 10 } },
      }),
      ...figures('50 rows at any offset, by a custom field', 'ms', samples.field),
      figure('first 50 after a change of somebody', 'ms', samples.cold.flat()),
      ...figures('count of a segment', 'ms', samples.segments),
      ...figures('20 pairs of duplicates', 'ms', samples.duplicates),
      figure('import: rows applied', '/s', imported, {
        floor: { what: 'bare batch insert of the same rows', rounds: bare },
        goal: { of: 'ratio', atLeast: 0.5 },
      }),
    ];
  },
};

/** Rows staged and judged before; timed from the first command to the last row that can be seen, with everything that follows from it. */
async function importRows(options: BenchOptions, people: number): Promise<number> {
  const { cache, folder } = await open(options, 'import');
  const importId = idOf(30_000_000);
  for (let from = 0; from < people; from += 2_000) {
    const rows = Array.from({ length: 2_000 }, (_, n) => ({
      n: from + n,
      line: from + n + 2,
      raw: `["${from + n}"]`,
    }));
    await cache.write.stageImportRows({ importId, rows });
  }
  const commands = batches(people).map((contacts, n): Command => {
    const changes = contacts.map(
      ({ id, name, company, phone, email, language, fields, labelIds: labelled }) => ({
        contactId: id,
        create: true,
        patch: { name, company, phone, email, language, fields, labelIds: labelled },
      }),
    );
    return { id: idOf(40_000_000 + n), type: 'contacts.change', data: { changes, importId } };
  });
  const started = performance.now();
  for (const [n, command] of commands.entries()) {
    const rows = Array.from({ length: BATCH }, (_, at) => ({ n: n * BATCH + at, before: null }));
    await cache.write.applyImportRows({ importId, rows, commands: [command], me: me.id, now: NOW });
  }
  const { total } = await cache.read.contacts({
    filter: EVERYBODY,
    query: '',
    sort: BY_NAME,
    now: NOW,
    offset: 0,
    limit: 1,
  });
  const spent = performance.now() - started;
  if (total !== people) throw new Error(`${total} of ${people} rows arrived`);
  await cache.close();
  rmSync(folder, { recursive: true, force: true });
  return people / (spent / 1000);
}

function batches(people: number): Contact[][] {
  return Array.from({ length: Math.ceil(people / BATCH) }, (_, n) =>
    Array.from({ length: Math.min(BATCH, people - n * BATCH) }, (__, at) => personNumber(n * BATCH + at)),
  );
}

/** The same rows into the same tables by the driver alone, 500 to a transaction on the product's connection; no commands, no checks. */
function bareInsert(options: BenchOptions, people: number): number {
  const folder = path.join(options.scratch, 'bare');
  mkdirSync(folder, { recursive: true });
  const db = openWriterConnection({ file: path.join(folder, 'parley.db'), key: Uint8Array.from(KEY) });
  migrate(db);
  const contact = db.prepare(
    'INSERT INTO contacts (id, name, rev, epoch, json, base) VALUES (?, ?, 0, 1, ?, ?)',
  );
  const person = db.prepare(
    `INSERT INTO people (ref, name, company, phone, email, language, time_zone, created_at, updated_at, last_message_at, conversations,
       blocked, restricted, marketing, service, channels, digits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0, ?, ?, ?, 'unknown', ?, ?)`,
  );
  const label = db.prepare('INSERT INTO contact_labels (label_id, ref) VALUES (?, ?)');
  const value = db.prepare('INSERT INTO contact_values (field_id, ref, value) VALUES (?, ?, ?)');
  const key = db.prepare('INSERT INTO contact_keys (kind, key, ref) VALUES (?, ?, ?)');
  const words = db.prepare('INSERT INTO contact_index (rowid, body) VALUES (?, ?)');
  const ready = batches(people).map((batch) =>
    batch.map((one) => ({
      one,
      json: JSON.stringify(one),
      derived: derive(one),
      text: indexText(contactText(one)),
    })),
  );
  const started = performance.now();
  for (const batch of ready) {
    db.exec('BEGIN IMMEDIATE');
    for (const { one, json, derived: d, text } of batch) {
      const ref = Number(contact.run(one.id, one.name, json, 'null').lastInsertRowid);
      words.run(ref, text);
      if (d === null) continue;
      person.run(
        ref,
        d.name,
        d.company,
        d.phone,
        d.email,
        d.language,
        d.timeZone,
        d.createdAt,
        d.updatedAt,
        d.blocked,
        d.restricted,
        d.marketing,
        d.channels,
        d.digits,
      );
      for (const id of d.labels) label.run(id, ref);
      for (const [id, text_] of d.values) value.run(id, ref, text_);
      for (const one_ of d.keys) key.run(one_.kind, one_.key, ref);
    }
    db.exec('COMMIT');
  }
  const spent = performance.now() - started;
  db.close();
  rmSync(folder, { recursive: true, force: true });
  return people / (spent / 1000);
}
