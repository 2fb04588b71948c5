/** Invariants of import and export: no bytes make reading throw, and what was exported is imported as it was. */
import process from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENCODINGS } from '../../shared/text/encodings.ts';
import { guardFormula, unguardFormula } from '../../electron/transfer/formula.ts';
import { joinList, joinTuple, splitList, splitTuple } from '../../electron/transfer/list-cell.ts';
import { readCsv } from '../../electron/transfer/read-csv.ts';
import { readJson } from '../../electron/transfer/read-json.ts';
import { readVcard } from '../../electron/transfer/read-vcard.ts';
import { bytesSource } from '../../electron/transfer/source.ts';
import { writeCsv } from '../../electron/transfer/write-csv.ts';
import { writeJson } from '../../electron/transfer/write-json.ts';
import { fold, writeVcard } from '../../electron/transfer/write-vcard.ts';
import { expectedRow, exportContact, importAll, joined, textSource } from '../support/transfer-kit.ts';

const seed = Number(process.env['PARLEY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const run = { seed, numRuns: 400 };
const many = { seed, numRuns: 5_000 };
console.info(`transfer: PARLEY_SEED=${seed}`);

const contacts = fc.array(exportContact, { minLength: 1, maxLength: 5 });
const chunkSize = fc.constantFrom(1, 2, 3, 7, 64, 65_536);

const hostile = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '""',
        ',',
        ';',
        '\t',
        '\n',
        '\r',
        '\r\n',
        '\0',
        'a',
        'Name',
        'Phone',
        '\u00E9',
        '\uFEFF',
        'sep=;\n',

        'BEGIN:VCARD\r\n',
        'END:VCARD\r\n',
        'VERSION:2.1\n',
        'VERSION:4.0\n',
        'FN:x',
        'N:a;b;c',
        'AGENT:\n',

        'TEL;TYPE="cell:',
        'NOTE;ENCODING=QUOTED-PRINTABLE:=',
        '=C3=',
        ';CHARSET=nope:',
        'PHOTO;ENCODING=b:',
        ' ',

        '{"schema":"parley.contacts","version":1,"contacts":[',
        '{',
        '}',
        '[',
        ']',
        '"contacts":[',
        '\\',
        '\\"',
      ),
      { maxLength: 60 },
    )
    .map((parts) => new Uint8Array(Buffer.from(parts.join('')))),
);

test('reading any bytes, as any format and encoding, ends and never throws', async () => {
  const encoding = fc.option(fc.constantFrom<string>(...ENCODINGS, 'nonsense'), { nil: null });
  await fc.assert(
    fc.asyncProperty(hostile, chunkSize, encoding, async (bytes, size, label) => {
      for (const read of [readCsv, readVcard, readJson]) {
        let last = '';
        for await (const item of read(bytesSource(bytes, size), { encoding: label })) last = item.type;
        expect(['end', 'failed']).toContain(last);
      }
      const { others } = await importAll(bytesSource(bytes, size), { encoding: label });
      expect(['end', 'failed']).toContain(others.at(-1)?.type);
    }),
    { ...run, numRuns: 1_500 },
  );
});

test('how the bytes were cut changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, chunkSize, async (bytes, size) => {
      expect(await importAll(bytesSource(bytes, size))).toEqual(await importAll(bytesSource(bytes)));
    }),
    {
      ...run,
      numRuns: 2_000,
      examples: [
        // An empty line behind a break that was cut in two.
        [Buffer.from('BEGIN:VCARD\r\n\n"'), 1],
        // Two faults, of which the first is the one that counts.
        [Buffer.from(' \uFEFF{"schema":"parley.contacts","version":1,"contacts":[a\n['), 1],
      ],
    },
  );
});

test('export then import is the identity: CSV', async () => {
  const delimiter = fc.constantFrom(',' as const, ';' as const, '\t' as const);
  await fc.assert(
    fc.asyncProperty(contacts, delimiter, fc.nat({ max: 9 }), chunkSize, async (all, comma, known, size) => {
      const fieldNames = all.flatMap((contact) => Object.keys(contact.fields)).slice(0, known);
      const file = await joined(writeCsv({ contacts: all, fieldNames, delimiter: comma }));
      const { rows, others } = await importAll(textSource(file, size));
      expect(others).toEqual([{ type: 'end', rows: all.length }]);
      expect(rows).toEqual(all.map(expectedRow));
    }),
    run,
  );
});

test('export then import is the identity: vCard', async () => {
  await fc.assert(
    fc.asyncProperty(contacts, chunkSize, async (all, size) => {
      const { rows, others } = await importAll(textSource(await joined(writeVcard({ contacts: all })), size));
      expect(others).toEqual([{ type: 'end', rows: all.length }]);
      expect(rows).toEqual(all.map(expectedRow));
    }),
    run,
  );
});

test('a name of a field that looks like parameters of a card stays a name', async () => {
  const file =
    'BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//Parley//Contacts 1//EN\r\nFN:Ann\r\nX-PARLEY-FIELD;X-NAME=";B:::":gold\r\nEND:VCARD\r\n';
  const { rows, others } = await importAll(textSource(file, 1));
  expect(others).toEqual([{ type: 'end', rows: 1 }]);
  expect(rows.map(({ fields }) => fields)).toEqual([{ ';B:::': 'gold' }]);
});

test('export then import is the identity: JSON, however it is laid out', async () => {
  const indent = fc.constantFrom(0, 2, '\t');
  await fc.assert(
    fc.asyncProperty(contacts, indent, chunkSize, async (all, space, size) => {
      const file = await joined(writeJson({ contacts: all, exportedAt: 0 }));
      const again = JSON.stringify(JSON.parse(file), null, space);
      for (const content of [file, again]) {
        const { rows, others } = await importAll(textSource(content, size));
        expect(others).toEqual([{ type: 'end', rows: all.length }]);
        expect(rows).toEqual(all.map(expectedRow));
      }
    }),
    run,
  );
});

const cell = exportContact.map((contact) => contact.name);

test('a guarded cell is no formula behind any delimiter, and gives back what it was', () => {
  fc.assert(
    fc.property(cell, (value) => {
      const guarded = guardFormula(value);
      expect(unguardFormula(guarded)).toBe(value);
      for (const part of guarded.split(/[,;\t|\r\n"]/u)) expect(part).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
      expect(guarded).not.toMatch(/^[\t\r\n]/u);
    }),
    many,
  );
});

test('lists and tuples in a cell give back what they were', () => {
  const items = fc.array(cell.filter((it) => it !== ''));
  fc.assert(
    fc.property(items, (list) => {
      expect(splitList(joinList(list))).toEqual(list);
      expect(splitTuple(joinTuple(list), list.length)).toEqual(list);
    }),
    many,
  );
});

test('a folded line has at most 75 octets, cuts no character, and unfolds to what it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (value) => {
      const line = value.replace(/[\r\n]/gu, '');
      const lines = fold(line).split('\r\n');
      for (const part of lines) {
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
        expect(part.isWellFormed()).toBe(true);
      }
      expect(lines.map((part, at) => (at === 0 ? part : part.slice(1))).join('')).toBe(line);
    }),
    many,
  );
});
