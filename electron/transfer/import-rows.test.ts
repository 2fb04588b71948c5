import path from 'node:path';
import { expect, test } from 'vitest';
import { importAll, textSource } from '../../test/support/transfer-kit.ts';
import { emptyRow } from './contact.ts';
import { importRows, previewFile } from './import-rows.ts';
import { bytesSource, fileSource } from './source.ts';

const folder = path.join(import.meta.dirname, '../../test/support/import-files');
const file = (name: string) => fileSource(path.join(folder, name));
const { line: _, ...empty } = emptyRow(0);

test('Google Contacts: parts of a name, several values in a cell, its own groups', async () => {
  const { rows, others } = await importAll(file('google.csv'));
  expect(rows).toEqual([
    {
      ...empty,
      name: 'Mara Elif Okonkwo',
      company: 'Nordlicht GmbH',
      emails: ['mara@nordlicht.example', 'mara.o@example.org'],
      phones: ['+49 171 5550101', '+49 30 5550102'],
      labels: ['myContacts', 'Suppliers'],
      note: 'Prefers mornings',
    },
  ]);
  expect(others).toEqual([{ type: 'end', rows: 1 }]);
});

test('Outlook: semicolons and windows-1252', async () => {
  const { rows } = await importAll(file('outlook-windows-1252.csv'));
  expect(rows).toEqual([
    {
      ...empty,
      name: 'Jörg Weiß',
      company: 'Café Größenwahn – Köln',
      phones: ['+49 221 5550103', '0171/555 01 04'],
      emails: ['joerg@example.com'],
      labels: ['Stammgast', 'Köln'],
      note: 'Zahlt 5 € bar',
    },
  ]);
});

test('Excel\'s "Unicode text": UTF-16 and tabs', async () => {
  const preview = await previewFile(file('excel-unicode.txt'));
  expect(preview).toMatchObject({ ok: true, preview: { plan: { encoding: 'utf-16le', delimiter: '\t' } } });
  const { rows } = await importAll(file('excel-unicode.txt'));
  expect(rows[0]).toMatchObject({ name: 'Iñaki Etxeberría', phones: ['+34 600 555 105'], labels: ['vip'] });
});

test('UTF-16 without a mark', async () => {
  const bytes = Buffer.from('Name;Phone\r\nÉva;+36 1 555 0120\r\n', 'utf16le');
  expect((await importAll(bytesSource(bytes, 3))).rows[0]).toMatchObject({ name: 'Éva' });
});

test('a line "sep=" and German headers, where Name beside Vorname is the family name', async () => {
  const { rows, lines } = await importAll(file('sep-line-german.csv'));
  expect(rows).toEqual([
    {
      ...empty,
      name: 'Änne Müller',
      company: 'Müller; Söhne',
      phones: ['0151 5550106'],
      emails: ['aenne@example.de'],
      language: 'de',
      consent: [{ purpose: 'marketing', channel: null, state: 'given', at: null, source: null }],
    },
  ]);
  expect(lines).toEqual([3]);
});

test('Portuguese headers, quotes in quotes, a line break in a value', async () => {
  const { rows } = await importAll(file('portuguese.csv'));
  expect(rows[0]).toMatchObject({
    name: 'Souza, João',
    labels: ['novo', 'prioridade'],
    note: 'Linha um\nLinha "dois"',
    timeZone: 'America/Sao_Paulo',
    consent: [{ state: 'withdrawn' }],
  });
});

test('Arabic headers', async () => {
  const { rows } = await importAll(file('arabic.csv'));
  expect(rows[0]).toMatchObject({
    name: 'ليلى حدّاد',
    company: 'شركة النور',
    phones: ['+971 50 555 0108'],
    emails: ['layla@example.ae'],
    language: 'ar',
    note: 'عميلة منذ ٢٠١٩',
  });
});

test('ragged rows, repeated and missing headers: every line is named as an editor counts it', async () => {
  const preview = await previewFile(file('ragged.csv'));
  expect(preview.ok && preview.preview.columns.map((column) => column.key)).toEqual([
    'Name',
    'Phone',
    'Phone (2)',
    '#4',
  ]);
  const { rows, lines, others } = await importAll(file('ragged.csv'));
  expect(rows.map((row) => row.name)).toEqual(['Short', 'Quoted\nbreak', 'Trailing', '"Stray" quote']);
  expect(lines).toEqual([2, 3, 8, 9]);
  expect(others).toEqual([
    { type: 'note', line: 2, column: null, reason: 'missing_values' },
    { type: 'problem', line: 5, column: null, position: 5, reason: 'too_many_values' },
    { type: 'end', rows: 5 },
  ]);
});

test('formulas and scripts are text', async () => {
  const { rows } = await importAll(file('formulas.csv'));
  expect(rows.map((row) => [row.name, row.note])).toEqual([
    ['=HYPERLINK("http://x.example","x")', '<script>alert(1)</script>'],
    ['@SUM(A1)', "+cmd|' /C calc'!A0"],
  ]);
});

test('a file without a header is seen as one', async () => {
  const preview = await previewFile(file('no-header.csv'));
  expect(preview).toMatchObject({ ok: true, preview: { plan: { header: false }, rows: { length: 2 } } });
  const plan = {
    format: 'csv' as const,
    encoding: 'utf-8',
    delimiter: ',',
    header: false,
    mapping: { '#1': 'name', '#2': 'phone', '#3': 'email' } as const,
  };
  const names: string[] = [];
  for await (const item of importRows(file('no-header.csv'), plan)) {
    if (item.type === 'row') names.push(item.row.name);
  }
  expect(names).toEqual(['Ada Byron', 'Bo Li']);
});

test('vCard 2.1: quoted-printable with soft breaks, types without names, a picture, a card within', async () => {
  const { rows, others } = await importAll(file('vcard-2.1.vcf'));
  expect(rows).toEqual([
    {
      ...empty,
      name: 'Gül Öztürk',
      company: 'Yıldız A.Ş.',
      phones: ['+90 532 555 01 11', '+90 212 555 01 12'],
      emails: ['gul@example.com.tr'],
      note: 'First line\nSecond line with = equals and a soft break',
    },
  ]);
  expect(others).toEqual([
    { type: 'note', line: 12, column: 'PHOTO', reason: 'media_skipped' },
    { type: 'end', rows: 1 },
  ]);
});

test('vCard 2.1: a charset of its own', async () => {
  const { rows } = await importAll(file('vcard-2.1-shift-jis.vcf'));
  expect(rows[0]).toMatchObject({ name: '山田 太郎', phones: ['+81 3 5550 1113'] });
});

test('vCard 3.0: groups, escapes, preferences, several cards', async () => {
  const { rows, others } = await importAll(file('vcard-3.0-apple.vcf'));
  expect(rows).toEqual([
    {
      ...empty,
      id: '2F1E0C5A-0001-4BBB-9A57-000000000001',
      name: 'Dr. Adaeze Chi Ngozi',
      company: 'Lagos ; Partners, Ltd.',
      phones: ['+234 803 555 0114', '+234 803 555 0115'],
      emails: ['adaeze@example.ng'],
      note: 'First\nSecond, with comma; and semicolon \\ backslash',
      labels: ['Doctors', 'Lagos , Island'],
      fields: { birthday: '1988-02-29', 'CUSTOMER-NUMBER': '4711' },
    },
    { ...empty, name: 'Per OnlyStructured', phones: ['+46 70 555 01 16'] },
  ]);
  expect(others.map((item) => item.type)).toEqual(['note', 'end']);
});

test('vCard 4.0: URIs, preferences, a fold within a character', async () => {
  const { rows } = await importAll(file('vcard-4.0.vcf'));
  expect(rows).toEqual([
    {
      ...empty,
      id: '0190c1d2-0000-7000-8000-000000000001',
      name: 'Chloé ;Dubois',
      company: 'Dubois SARL',
      phones: ['+33655501117', '+33-1-55-50-11-18 ext. 12'],
      emails: ['chloe@example.fr'],
      language: 'fr-FR',
      timeZone: 'Europe/Paris',
      labels: ['client', 'vip'],
      note: `${'x'.repeat(69)}éyz`,
      fields: { LOYALTY: 'gold' },
    },
  ]);
});

test('broken cards are named one by one, the others are taken', async () => {
  const { rows, others } = await importAll(file('vcard-broken.vcf'));
  expect(rows.map((row) => row.name)).toEqual(['Worf']);
  expect(others).toEqual([
    { type: 'problem', line: 1, column: 'END', position: null, reason: 'card_not_closed' },
    { type: 'note', line: 6, column: null, reason: 'broken_line' },
    { type: 'note', line: 7, column: 'FN', reason: 'unknown_charset' },
    { type: 'note', line: 10, column: 'KIND', reason: 'group_skipped' },
    { type: 'problem', line: 16, column: null, position: null, reason: 'empty_contact' },
    { type: 'problem', line: 19, column: 'END', position: null, reason: 'card_not_closed' },
    { type: 'end', rows: 5 },
  ]);
});

test('control characters and doubtful consent refuse their row and name the column', async () => {
  const { rows, others } = await importAll(
    textSource('Name,Phone,Consent\nBell\u0007,1,yes\nAnn,2,perhaps\n,,yes\nBo,3,no\n'),
  );
  expect(rows.map((row) => row.name)).toEqual(['Bo']);
  expect(others).toEqual([
    { type: 'problem', line: 2, column: 'Name', position: 1, reason: 'control_characters' },
    { type: 'problem', line: 3, column: 'Consent', position: 3, reason: 'unknown_consent' },
    { type: 'problem', line: 4, column: null, position: null, reason: 'empty_contact' },
    { type: 'end', rows: 4 },
  ]);
});

test('an encoding chosen by hand wins, and a wrong one is said', async () => {
  const bytes = Buffer.concat([
    Buffer.from('Name,Phone\n'),
    Buffer.from([0xc8, 0xe2, 0xe0, 0xed]),
    Buffer.from(',1\n'),
  ]);
  expect((await importAll(bytesSource(bytes), { encoding: 'windows-1251' })).rows[0]?.name).toBe('Иван');
  expect((await importAll(bytesSource(bytes), { encoding: 'utf-8' })).others.at(-1)).toMatchObject({
    type: 'failed',
    problem: { kind: 'wrong_encoding' },
  });
});

test('one accent far down decides the encoding of the whole file', async () => {
  const rows = Array.from({ length: 20_000 }, (_value, index) => `Ann,${index}\n`).join('');
  const bytes = Buffer.from(`Name,Phone\n${rows}Zoë,1\n`, 'latin1');
  expect((await importAll(bytesSource(bytes))).rows.at(-1)?.name).toBe('Zoë');
});

test('a remembered mapping wins over the guess', async () => {
  const found = await previewFile(textSource('Name,Nr,Phone\nAnn,7,1\n'), {
    remembered: { Nr: 'field:Customer number', Phone: 'ignore' },
  });
  expect(found.ok && found.preview.plan).toMatchObject({
    mapping: { Name: 'name', Nr: 'field:Customer number', Phone: 'ignore' },
  });
});
