/** Files that mean harm: each ends in its own clear problem, and without being held. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { importAll, textSource } from '../../test/support/transfer-kit.ts';
import type { ReadingPlan } from './import-rows.ts';
import { importRows } from './import-rows.ts';
import type { FileProblemKind } from './problems.ts';
import type { ImportSource } from './source.ts';
import { bytesSource, chunksOf, fileSource } from './source.ts';

/** A source that is never in memory: `start`, then `count` times `block`. */
function endless(start: string, block: string | Uint8Array, count: number): ImportSource {
  const bytes = Buffer.from(block);
  return {
    async *open() {
      yield Buffer.from(start);
      for (let at = 0; at < count; at += 1) yield bytes;
    },
  };
}

const csv: ReadingPlan = {
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  mapping: { Name: 'name' },
};
const block = 64 * 1024;
const lines50MB = 800;

test.each<[string, ReadingPlan, string, string]>([
  ['one value', csv, 'Name,Phone\nAnn,1\n', 'x'.repeat(block)],
  ['commas', csv, 'Name,Phone\nAnn,1\n', ','.repeat(block)],
  ['an open quote', csv, 'Name,Phone\nAnn,1\n"', 'x'.repeat(block)],
  ['an open quote over many lines', csv, 'Name,Phone\nAnn,1\n"', `${'x'.repeat(63)}\n`.repeat(1024)],
  ['a header', csv, '', 'Name'.repeat(block / 4)],
  [
    'a note',
    { format: 'vcard', encoding: 'utf-8' },
    'BEGIN:VCARD\nFN:a\nEND:VCARD\nBEGIN:VCARD\nNOTE:',
    'x'.repeat(block),
  ],
  [
    'a folded note',
    { format: 'vcard', encoding: 'utf-8' },
    'BEGIN:VCARD\nFN:a\nEND:VCARD\nBEGIN:VCARD\nNOTE:',
    `${'x'.repeat(62)}\n `.repeat(1024),
  ],
  [
    'soft breaks',
    { format: 'vcard', encoding: 'utf-8' },
    'BEGIN:VCARD\nFN:a\nEND:VCARD\nBEGIN:VCARD\nVERSION:2.1\nNOTE;QUOTED-PRINTABLE:',
    `${'x'.repeat(62)}=\n`.repeat(1024),
  ],
  [
    'a contact',
    { format: 'json', encoding: 'utf-8' },
    '{"schema":"parley.contacts","version":1,"contacts":[{"id":"',
    'x'.repeat(block),
  ],
  [
    'nesting',
    { format: 'json', encoding: 'utf-8' },
    '{"schema":"parley.contacts","version":1,"contacts":[{"id":',
    '['.repeat(block),
  ],
])('a line of 50 MB is given up after its first megabyte: %s', async (name, plan, start, content) => {
  let read = 0;
  const items = [];
  for await (const item of importRows(endless(start, content, lines50MB), plan, (bytes) => (read = bytes))) {
    items.push(item);
  }
  expect(items.at(-1)).toMatchObject({ type: 'failed', problem: { kind: 'line_too_long' } });
  // A line of a card may be a picture, so it is passed over to its end before it is judged.
  if (name !== 'a note') expect(read).toBeLessThan(2_000_000);
  // What came before is whole.
  const before = plan.format === 'json' || start === '' ? 0 : 1;
  expect(items.filter((item) => item.type === 'row')).toHaveLength(before);
});

test('a picture of 50 MB is passed over', async () => {
  const end = ':\nTEL:1\nEND:VCARD\n';
  const source: ImportSource = {
    async *open() {
      yield* endless(
        'BEGIN:VCARD\nVERSION:3.0\nFN:a\nPHOTO;ENCODING=b:',
        'A'.repeat(block),
        lines50MB,
      ).open();
      yield Buffer.from(`\n${end.slice(2)}`);
    },
  };
  const { rows, others } = await importAll(source);
  expect(rows[0]?.phones).toEqual(['1']);
  expect(others).toEqual([
    { type: 'note', line: 4, column: 'PHOTO', reason: 'media_skipped' },
    { type: 'end', rows: 1 },
  ]);
});

const xlsx = Buffer.concat([
  Buffer.from('PK\u0003\u0004'),
  Buffer.alloc(26),
  Buffer.from('[Content_Types].xml'),
]);
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

test.each<[string, Uint8Array, FileProblemKind]>([
  ['nothing', Buffer.from(''), 'empty'],
  ['a byte order mark alone', Buffer.from('\uFEFF'), 'empty'],
  ['blank lines', Buffer.from('\n\r\n,,\n'), 'empty'],
  ['a zip', Buffer.from('PK\u0003\u0004\u0014\0contacts.csv'), 'compressed'],
  ['a spreadsheet', xlsx, 'spreadsheet'],
  ['an old spreadsheet', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'spreadsheet'],
  ['a bomb', gzipSync(Buffer.alloc(10_000_000)), 'compressed'],
  ['a picture', png, 'not_text'],
  ['a PDF', Buffer.from('%PDF-1.7\n'), 'not_text'],
  ['NUL in a value', Buffer.from('Name,Phone\nAn\0n,12345678\n'), 'nul_bytes'],
  ['NUL in a card', Buffer.from('BEGIN:VCARD\nFN:An\0n\nEND:VCARD\n'), 'nul_bytes'],
  ['513 columns', Buffer.from(`${'a,'.repeat(512)}b\n`), 'too_many_columns'],
  ['an open quote', Buffer.from('Name,Phone\nAnn,1\n"Bo,2\nCy,3\n'), 'unclosed_quote'],
  ['another JSON', Buffer.from('{"people":[{"name":"Ann"}]}'), 'wrong_schema'],
  ['a newer version', Buffer.from('{"schema":"parley.contacts","version":2,"contacts":[]}'), 'wrong_schema'],
  ['half a JSON', Buffer.from('{"schema":"parley.contacts","version":1,"contacts":[{"id":'), 'cut_off'],
])('%s ends in its own problem', async (_name, bytes, kind) => {
  const { others } = await importAll(bytesSource(bytes));
  expect(others.at(-1)).toMatchObject({ type: 'failed', problem: { kind } });
});

test('an open quote names the line where it opens, and the rows before it are whole', async () => {
  const { rows, others } = await importAll(
    textSource('Name,Phone\r\n"A\r\nnn",1\r\nBo,2\r\n"Cy,3\r\nDi,4\r\n'),
  );
  expect(rows.map((row) => row.name)).toEqual(['A\nnn', 'Bo']);
  expect(others.at(-1)).toEqual({ type: 'failed', problem: { kind: 'unclosed_quote', line: 5 } });
});

test('the row after the 500,000th ends the file', async () => {
  const source = endless('Name,Phone\n', 'Ann,1\n'.repeat(10_000), 51);
  let rows = 0;
  let last: unknown;
  for await (const item of importRows(source, csv)) {
    if (item.type === 'row') rows += 1;
    else last = item;
  }
  expect(rows).toBe(500_000);
  expect(last).toEqual({ type: 'failed', problem: { kind: 'too_many_rows', line: 500_002 } });
});

test('more than a gigabyte is refused, unread where its size is known', async () => {
  const known = { ...textSource('Name\nAnn\n'), size: () => Promise.resolve(1_000_000_001) };
  expect((await importAll(known)).others).toEqual([
    { type: 'failed', problem: { kind: 'too_large', line: null } },
  ]);
  const chunk = Buffer.alloc(50_000_000, 'Ann,1\n');
  const unknown = endless('Name,Phone\n', chunk, 21);
  let read = 0;
  const all = async (): Promise<void> => {
    for await (const part of chunksOf(unknown)) read += part.length;
  };
  await expect(all()).rejects.toMatchObject({ problem: { kind: 'too_large' } });
  expect(read).toBeLessThanOrEqual(1_000_000_000);
});

test('what the system cannot read is said, with its reason', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-transfer-'));
  try {
    const missing = await importAll(fileSource(path.join(folder, 'none.csv')));
    expect(missing.others[0]).toMatchObject({ problem: { kind: 'unreadable', cause: { code: 'ENOENT' } } });
    const directory = await importAll(fileSource(folder));
    expect(directory.others[0]).toMatchObject({ problem: { kind: 'unreadable', cause: { code: 'EISDIR' } } });
    await writeFile(path.join(folder, 'a.csv'), 'Name,Phone\nAnn,1\n');
    expect((await importAll(fileSource(path.join(folder, 'a.csv')))).rows).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('values of a hundred thousand items, parameters or nested brackets take no time', async () => {
  // Time of the processor: the machine may be busy with other things.
  const before = process.cpuUsage();
  const items = Array.from({ length: 100_000 }, (_value, index) => index.toString(36));
  await importAll(
    textSource(`Name${',Phone'.repeat(200)}\nAnn${`,"${items.slice(0, 900).join(';')}"`.repeat(200)}\n`),
  );
  await importAll(textSource(`BEGIN:VCARD\nTEL;${items.join(';')}:1\nEND:VCARD\n`));
  await importAll(textSource(`${'@'.repeat(900_000)}\nx\n`));
  await importAll(
    textSource(`{"schema":"parley.contacts","version":1,"contacts":[${' '.repeat(900_000)}x{}]}`),
  );
  const nested = `{"schema":"parley.contacts","version":1,"contacts":[{"id":${'['.repeat(400_000)}${']'.repeat(400_000)}}]}`;
  expect((await importAll(textSource(nested))).others[0]).toMatchObject({ reason: 'wrong_shape' });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(8_000);
});

test('a field named __proto__ pollutes nothing', async () => {
  const { rows, others } = await importAll(textSource('Parley ID,Name,Field: __proto__\n1,Ann,evil\n'));
  expect(Object.keys(rows[0]?.fields ?? {})).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>)['evil']).toBeUndefined();
  expect(others).toEqual([{ type: 'end', rows: 1 }]);
});
