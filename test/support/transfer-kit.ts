/** Contacts of any shape for import and export, and the ends of their streams. */
import fc from 'fast-check';
import { plainBreaks } from '../../electron/transfer/check-row.ts';
import type { ExportContact, ImportRow } from '../../electron/transfer/contact.ts';
import type { ImportItem, PreviewOptions } from '../../electron/transfer/import-rows.ts';
import { importRows, previewFile } from '../../electron/transfer/import-rows.ts';
import type { ImportSource } from '../../electron/transfer/source.ts';
import { bytesSource } from '../../electron/transfer/source.ts';

/** Everything that parts, quotes, escapes, folds or calculates somewhere. */
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ',',
      ';',
      ':',
      ' ::: ',
      ':::',
      '|',
      '\\',
      '\\n',
      '"',
      "'",
      '\n',
      '\r\n',
      '\t',
      ' ',
      '^',
      '^n',
      '=',

      '=1+1',
      '+49',
      '-',
      '@',
      '=',
      '＝',
      '＋',
      ',=',
      ';+',
      '"@',
      '=3D',
      '=\r\n',
      '\n=cmd',
      ' =',
      '\\;',
      '\\,',

      '<script>',
      'BEGIN:VCARD',
      '\nEND:VCARD\n',
      '[]',
      '{',
      '"}',
      'tel:',
      'urn:uuid:',
      '\u00A0',
      '\u2028',

      'é',
      'ß',
      '한국어',
      'שלום',
      'مرحبا',
      '🙂',
      '👩‍👩‍👧',
      '𝒳',
      '\uFEFF',
      '\uFFFD',
      '\u202E',
    ),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
);

/** Any text that a row may hold: well formed, without control characters other than tabs and line breaks. */
const anyText = fc
  .array(piece, { maxLength: 12 })
  // oxlint-disable-next-line eslint/no-control-regex -- these are what a row refuses
  .map((pieces) => pieces.join('').replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/gu, ''));
const text = anyText.filter((it) => it !== '');
const maybe = fc.option(text, { nil: null });
const list = fc.array(text, { maxLength: 4 });
const time = fc.integer({ min: 0, max: 8_640_000_000_000_000 });

/** Names of fields have no bare CR: a line break is a line feed in them, too. */
const fieldName = text.map(plainBreaks).filter((it) => it !== '__proto__');

export const exportContact: fc.Arbitrary<ExportContact> = fc.record({
  id: fc.oneof(fc.uuid(), text),
  name: anyText,
  company: maybe,
  phones: fc.array(
    fc.oneof(
      fc.integer({ min: 1e6, max: 1e14 }).map((it) => `+${it}`),
      text,
    ),
    { maxLength: 4 },
  ),
  emails: list,
  language: maybe,
  timeZone: maybe,
  labels: list,
  fields: fc.dictionary(fieldName, text, { maxKeys: 5, noNullPrototype: true }),
  note: maybe,
  consent: fc.array(
    fc.record({
      purpose: fc.constantFrom('service' as const, 'marketing' as const),
      channel: maybe,
      state: fc.constantFrom('given' as const, 'withdrawn' as const),
      at: fc.option(time, { nil: null }),
      source: maybe,
    }),
    { maxLength: 3 },
  ),
  identities: fc.array(
    fc.record({
      channelKind: fc.constantFrom('whatsapp', 'sms'),
      externalId: text,
      parentExternalId: maybe,
      phone: maybe,
      username: maybe,
    }),
    { maxLength: 3 },
  ),
  blocked: fc.boolean(),
  createdAt: time,
});

/** What a contact is after export and import: itself, with line feeds for line breaks. */
export function expectedRow(contact: ExportContact): Omit<ImportRow, 'line'> {
  return JSON.parse(JSON.stringify(contact), (_, value: unknown) =>
    typeof value === 'string' ? plainBreaks(value) : value,
  ) as Omit<ImportRow, 'line'>;
}

export type Imported = {
  rows: Omit<ImportRow, 'line'>[];
  lines: number[];
  others: Exclude<ImportItem, { type: 'row' }>[];
};

/** Looks at a file, takes the plan as it is, and reads everything. */
export async function importAll(source: ImportSource, options: PreviewOptions = {}): Promise<Imported> {
  const result: Imported = { rows: [], lines: [], others: [] };
  const preview = await previewFile(source, options);
  if (!preview.ok) {
    result.others.push({ type: 'failed', problem: preview.problem });
    return result;
  }
  for await (const item of importRows(source, preview.preview.plan)) {
    if (item.type === 'row') {
      const { line, ...row } = item.row;
      result.rows.push(row);
      result.lines.push(line);
    } else result.others.push(item);
  }
  return result;
}

/** The bytes of a text in UTF-8. */
export function textSource(content: string, chunkSize?: number): ImportSource {
  return bytesSource(Buffer.from(content), chunkSize);
}

export async function joined(chunks: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const chunk of chunks) all += chunk;
  return all;
}
