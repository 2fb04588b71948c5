/**
 * Importing contacts: a CSV file into the running application, from its first byte until everybody is in the table with their commands in the
 * outbox, against a bare batch insert of the same people by the driver alone. Also how long the main thread stood still meanwhile.
 */
import path from 'node:path';
import { openWriterConnection } from '../../electron/cache/connection.ts';
import { migrate } from '../../electron/cache/migrations/list.ts';
import { Contact } from '../../shared/domain/contact.ts';
import type { ImportJob } from '../../shared/contract/imports.ts';
import { EVERYBODY } from '../../shared/domain/contact-filter.ts';
import { newId } from '../../shared/domain/id.ts';
import { type App, openApp } from './app.ts';
import type { Benchmark } from './benchmark.ts';
import { type CacheData, copyOf, emptyData } from './files.ts';
import { figure, interleave } from './measure.ts';
import { watchMainThread } from './stalls.ts';

const ROWS = 100_000;
/** As many rows as the product's own import does at once. */
const BATCH = 500;

type Person = { name: string; phone: string; email: string; company: string };

function person(n: number): Person {
  return {
    name: `Person ${n} Bench`,
    phone: `+49151${String(10_000_000 + n)}`,
    email: `person${n}@bench.example.org`,
    company: `Company ${n % 500}`,
  };
}

function* file(rows: number): Generator<Uint8Array> {
  yield Buffer.from('Name,Phone,E-mail,Company\n');
  for (let at = 0; at < rows; at += BATCH) {
    const count = Math.min(BATCH, rows - at);
    const lines = Array.from({ length: count }, (_, n) => {
      const { name, phone, email, company } = person(at + n);
      return `${name},${phone},${email},${company}\n`;
    });
    yield Buffer.from(lines.join(''));
  }
}

/** What the page would do; answers milliseconds until each state was reached. */
async function importAll(app: App, rows: number): Promise<{ read: number; checked: number; done: number }> {
  const reached = new Map<ImportJob['state'], () => void>();
  const stop = app.application.onEvent((name, data) => {
    if (name === 'import') reached.get((data as ImportJob).state)?.();
  });
  const state = (wanted: ImportJob['state']) => new Promise<void>((resolve) => reached.set(wanted, resolve));
  const started = performance.now();
  const since = () => performance.now() - started;
  const mapping = state('mapping');
  const { status, body } = await app.application.importFile({
    fileName: 'people.csv',
    encoding: null,
    delimiter: null,
    contentLength: null,
    body: (async function* () {
      yield* file(rows);
    })(),
  });
  if (status !== 201) throw new Error(`the file was answered with ${status}`);
  const importId = (body as ImportJob).id;
  await mapping;
  const read = since();
  const isChecked = state('checked');
  const columns = { Name: 'name', Phone: 'phone', 'E-mail': 'email', Company: 'company' } as const;
  await app.call('import.check', {
    importId,
    options: { mapping: columns, region: 'DE', known: 'fill', labelIds: [], lawfulSource: 'bench' },
  });
  await isChecked;
  const checked = since();
  const isDone = state('done');
  await app.call('import.start', { importId });
  await isDone;
  // Whoever reads waits until everything is in the table.
  const sort = { by: 'name', descending: false } as const;
  const { total } = await app.call('contacts.list', {
    filter: EVERYBODY,
    query: '',
    sort,
    offset: 0,
    limit: 1,
  });
  const done = since();
  if (total !== rows) throw new Error(`${total} of ${rows} people are in the table`);
  const { counts } = await app.call('import.get', { importId });
  if (counts.done !== rows) throw new Error(`${counts.done} of ${rows} rows were done`);
  stop();
  return { read, checked, done };
}

/**
 * The driver alone, encrypted as the product's file is: the same people as the product's own rows of a contact (`contacts`, `people`,
 * `contact_keys`, with their indexes), in batches of the same size, as durable. No outbox, no import's own rows. `words`: also the index that
 * makes them to be found.
 */
function bareInsert(data: CacheData, rows: number, words: boolean): number {
  const db = openWriterConnection({
    file: path.join(data.folder, 'bare.db'),
    key: Uint8Array.from(data.key),
  });
  migrate(db);
  const add = db.prepare<[string, string, string]>(
    'INSERT INTO contacts (id, name, rev, epoch, json) VALUES (?, ?, 0, 1, ?)',
  );
  const shown = db.prepare<[number, string, string, string, string, string]>(
    `INSERT INTO people (ref, name, company, phone, email, language, time_zone, created_at, updated_at, conversations, blocked,
       restricted, marketing, service, channels, digits)
     VALUES (?, ?, ?, ?, ?, '', '', 1, 0, 0, 0, 0, 'unknown', 'unknown', '', ?)`,
  );
  const key = db.prepare<[string, string, number]>(
    'INSERT INTO contact_keys (kind, key, ref) VALUES (?, ?, ?)',
  );
  const index = db.prepare<[number, string]>('INSERT INTO contact_index (rowid, body) VALUES (?, ?)');
  const started = performance.now();
  for (let at = 0; at < rows; at += BATCH) {
    db.exec('BEGIN IMMEDIATE');
    for (let n = at; n < Math.min(rows, at + BATCH); n += 1) {
      const { name, phone, email, company } = person(n);
      const id = newId();
      const contact = { ...BLANK, id, name, phone, email, company, provenance: ORIGIN };
      const ref = Number(add.run(id, name, JSON.stringify(contact)).lastInsertRowid);
      shown.run(ref, name, company, phone, email, ` ${phone.slice(1)} `);
      key.run('phone', phone, ref);
      key.run('email', email, ref);
      key.run('name', name, ref);
      if (words) index.run(ref, [name, company, phone, email].join(' \n '));
    }
    db.exec('COMMIT');
  }
  const spent = performance.now() - started;
  db.close();
  return spent;
}

const BLANK = Contact.parse({
  id: 'blank',
  name: '',
  phone: null,
  email: null,
  language: null,
  fields: {},
  labelIds: [],
  consent: { state: 'unknown', at: null, source: null },
  blocked: false,
  identities: [],
  createdAt: 1,
  rev: 0,
});

/** A contact that was imported says so of each value. */
const FROM_FILE = { source: 'import', by: newId(), at: 1_700_000_000_000 } as const;
const ORIGIN = { name: FROM_FILE, company: FROM_FILE, phone: FROM_FILE, email: FROM_FILE };

export const benchmark: Benchmark = {
  title: 'Import of contacts, from the file to the table',
  async run(options, say) {
    const rows = options.quick ? ROWS / 10 : ROWS;
    const empty = await emptyData(options, say);
    const stalls: number[] = [];
    const stretches: number[] = [];
    const parts: { read: number[]; check: number[]; run: number[] } = { read: [], check: [], run: [] };
    const perSecond = (ms: number) => (rows / ms) * 1000;
    const samples = await interleave(
      options.rounds,
      {
        product: async () => {
          const app = await openApp(await copyOf(empty, options.scratch));
          const watch = watchMainThread();
          const { read, checked, done } = await importAll(app, rows);
          const { stalled, computed } = watch.stop();
          stalls.push(stalled);
          stretches.push(computed);
          parts.read.push(perSecond(read));
          parts.check.push(perSecond(checked - read));
          parts.run.push(perSecond(done - checked));
          await app.close();
          return [perSecond(done)];
        },
        bare: async () => [perSecond(bareInsert(await copyOf(empty, options.scratch), rows, false))],
        found: async () => [perSecond(bareInsert(await copyOf(empty, options.scratch), rows, true))],
      },
      (round) => say(`round ${round + 1}: ${samplesOf(parts, round)}, stall ${stalls.at(-1)?.toFixed(1)} ms`),
    );
    const floor = { what: 'bare batch insert, same tables', rounds: samples.bare.flat() };
    const found = { what: 'the same with the index of words', rounds: samples.found.flat() };
    const note = `${rows.toLocaleString('en')} rows`;
    return [
      figure('rows from the file to the table', '/s', samples.product.flat(), {
        floor,
        goal: { of: 'ratio', atLeast: 0.5 },
        note,
      }),
      figure('rows read into the cache', '/s', parts.read, { floor }),
      figure('rows checked', '/s', parts.check, { floor }),
      figure('rows run, checked before', '/s', parts.run, { floor }),
      figure('rows run, against a floor that can be searched', '/s', parts.run, { floor: found }),
      figure('longest stall of the main thread', 'ms', stalls, { goal: { of: 'value', atMost: 50 } }),
      figure('longest stretch in which the main thread computed', 'ms', stretches),
    ];
  },
};

function samplesOf(parts: Record<'read' | 'check' | 'run', number[]>, round: number): string {
  return Object.entries(parts)
    .map(([name, rates]) => `${name} ${Math.round(rates[round] ?? 0)}/s`)
    .join(', ');
}
