/** Importing and exporting contacts in the real application process, with a real gateway and a real encrypted file. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EVERYBODY } from '../../../shared/domain/contact-filter.ts';
import type { ImportOptions } from '../../../shared/contract/imports.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { online, signInAs } from '../../support/page-steps.ts';
import { getExport, jobIn, postImport } from '../../support/transfer-http.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;
const options: { port?: number } = {};
const start = () =>
  startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);

beforeEach(async () => {
  place = await scratch();
  delete options.port;
  kit = await startKit(options);
  options.port = Number(new URL(kit.gateway.url).port);
  kit.inbound('4915112345678', 'Is it blue?');
  app = await start();
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
});
afterEach(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

const chosen = (mapping: ImportOptions['mapping'], more: Partial<ImportOptions> = {}): ImportOptions => ({
  mapping,
  region: 'DE',
  known: 'fill',
  labelIds: [],
  lawfulSource: 'customers of the shop',
  ...more,
});
const total = async () => (await page.call('contacts.count', { filters: [EVERYBODY] })).totals[0];
const settled = async (timeout = 60_000) => {
  await expect.poll(async () => (await page.call('diagnostics.get', {})).outbox, { timeout }).toBe(0);
};
const everybody = { filter: EVERYBODY, query: '', except: [] };
const byName = { by: 'name' as const, descending: false };
const MAPPING = { Name: 'name', Telefon: 'phone', Mail: 'email', Werbung: 'consent_marketing' } as const;
const FILE = [
  'Name;Telefon;Mail;Werbung',
  'Bo Berg;030 1234567;bo@berg.example.org;ja',
  'Zu Kurz;030;;',
  '"Quoted ""Q""\nName";;q@berg.example.org;',
  'Bo again;+49 30 1234567;;',
  'Known;+49 151 12345678;known@berg.example.org;',
  'Kein Mail;030 7654321;nobody;',
].join('\r\n');

async function imported(text: string, mapping: ImportOptions['mapping'] = MAPPING): Promise<string> {
  const { id } = await postImport(app, page, text);
  await jobIn(page, id, 'mapping');
  await page.call('import.check', { importId: id, options: chosen(mapping) });
  await jobIn(page, id, 'checked');
  return id;
}

test('a file is looked at, mapped, checked without changing anything, run, and taken back as a whole', async () => {
  const posted = await postImport(app, page, FILE);
  const job = await jobIn(page, posted.id, 'mapping');
  expect(job).toMatchObject({ format: 'csv', delimiter: ';', encoding: 'utf-8', counts: { rows: 6 } });
  expect(job.columns.map(({ key, guess }) => [key, guess])).toEqual([
    ['Name', 'name'],
    ['Telefon', 'phone'],
    ['Mail', 'email'],
    ['Werbung', null],
  ]);
  const { id: importId } = job;
  expect(
    await page.refused('import.check', { importId, options: chosen(MAPPING, { lawfulSource: ' ' }) }),
  ).toMatchObject({ kind: 'invalid_value', value: { name: 'lawfulSource', reason: 'missing' } });
  const before = await total();
  await page.call('import.check', { importId, options: chosen(MAPPING) });
  const checked = await jobIn(page, importId, 'checked');
  expect(checked.counts).toMatchObject({ create: 2, update: 1, skip: 1, bad: 2 });
  expect(await total()).toBe(before);
  const bad = await page.call('import.lines', { importId, verdict: 'bad', offset: 0, limit: 10 });
  expect(bad.lines).toMatchObject([
    { line: 3, column: 'Telefon', reason: 'phone:too_short' },
    { line: 8, column: 'Mail', reason: 'not_an_email' },
  ]);
  const skipped = await page.call('import.lines', { importId, verdict: 'skip', offset: 0, limit: 10 });
  expect(skipped.lines).toMatchObject([{ line: 6, reason: 'twice_in_file' }]);

  await page.call('import.start', { importId });
  await jobIn(page, importId, 'done');
  expect(await total()).toBe((before ?? 0) + 2);
  await settled();
  const found = async (query: string) =>
    (await page.call('contacts.list', { filter: EVERYBODY, query, sort: byName, offset: 0, limit: 10 })).rows;
  const [bo] = await found('Bo Berg');
  expect(kit.gateway.store.contacts.get(kit.ws, bo?.contact.id ?? '')).toMatchObject({
    phone: '+49301234567',
    email: 'bo@berg.example.org',
    provenance: { email: { source: 'import' } },
  });
  expect((await page.call('contact.get', { contactId: bo?.contact.id ?? '' })).consents).toMatchObject([
    { purpose: 'marketing', state: 'given', method: 'import', source: 'people.csv' },
  ]);
  const [known] = await found('15112345678');
  expect(known?.contact).toMatchObject({ name: 'Customer 4915112345678', email: 'known@berg.example.org' });

  const { ticket } = await page.call('import.report', { importId });
  const report = await (await getExport(app, page, ticket)).text();
  expect(report).toContain('3,bad,Zu Kurz,Telefon,phone:too_short');

  await page.call('import.undo', { importId });
  await jobIn(page, importId, 'undone');
  await settled();
  expect(await total()).toBe(before);
  expect((await found('15112345678'))[0]?.contact.email).toBeNull();
  // Nothing of the file lies about, encrypted or not.
  await expect.poll(async () => readdir(path.join(place.userData, 'media'))).toEqual([]);

  // The mapping is remembered by the header.
  const again = await postImport(app, page, FILE.replace('Bo Berg', 'Somebody'));
  const columns = (await jobIn(page, again.id, 'mapping')).columns;
  expect(columns.map(({ guess }) => guess)).toEqual(['name', 'phone', 'email', 'consent_marketing']);
});

test('another encoding and delimiter by posting again; a file that cannot be read says why', async () => {
  const latin = Buffer.from('Name|Ort\nJos\xe9|Bel\xe9m', 'latin1');
  const guessed = await postImport(app, page, latin);
  expect(await jobIn(page, guessed.id, 'mapping')).toMatchObject({
    encoding: 'windows-1252',
    delimiter: '|',
  });
  const other = await postImport(app, page, latin, {
    headers: { 'x-encoding': 'iso-8859-2', 'x-delimiter': encodeURIComponent('|') },
  });
  expect(await jobIn(page, other.id, 'mapping')).toMatchObject({ encoding: 'iso-8859-2' });
  const zip = await postImport(app, page, Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), { name: 'x.zip' });
  expect(await jobIn(page, zip.id, 'failed')).toMatchObject({ problem: { kind: 'compressed' } });
  await page.call('import.discard', { importId: zip.id });
  expect((await page.call('imports.list', {})).map(({ id }) => id)).toEqual([other.id, guessed.id]);
});

test('killed in the middle of running: the next start goes on, and everybody is there once', async () => {
  const people = Array.from({ length: 6000 }, (_, n) => `Person ${n};+49151${String(30_000_000 + n)}`);
  const before = (await total()) ?? 0;
  const importId = await imported(['Name;Telefon', ...people].join('\n'), { Name: 'name', Telefon: 'phone' });
  await page.call('import.start', { importId });
  await expect
    .poll(async () => (await page.call('import.get', { importId })).counts.done, {
      interval: 5,
      timeout: 60_000,
    })
    .toBeGreaterThan(0);
  await app.stop('SIGKILL');
  app = await start();
  page = await app.page();
  await online(page);
  const done = await jobIn(page, importId, 'done');
  expect(done.counts).toMatchObject({ create: 6000, done: 6000 });
  expect(await total()).toBe(before + 6000);
  await settled(120_000);
  const gateway = kit.gateway.store;
  const lines = await page.call('import.lines', { importId, verdict: 'create', offset: 5990, limit: 20 });
  for (const { contactId, name } of lines.lines) {
    expect(gateway.contacts.get(kit.ws, contactId ?? '')?.name).toBe(name);
  }
});

test('cancelled while it runs, gone on with, and cancelled while it is read', async () => {
  const people = Array.from({ length: 4000 }, (_, n) => `Person ${n};p${n}@x.example.org`);
  const importId = await imported(['Name;Mail', ...people].join('\n'), { Name: 'name', Mail: 'email' });
  await page.call('import.start', { importId });
  await page.call('import.cancel', { importId });
  const cancelled = await page.call('import.get', { importId });
  expect(cancelled.state).toBe('cancelled');
  expect(cancelled.counts.done).toBeLessThan(4000);
  await page.call('import.start', { importId });
  expect((await jobIn(page, importId, 'done')).counts.done).toBe(4000);
});

test.each(['csv', 'vcard', 'json'] as const)('%s out and in again changes nothing', async (format) => {
  const patch = {
    name: '=1+1',
    phone: '+4930111111',
    phones: ['+4930222222'],
    email: 'a@x.org',
    company: 'A, "B"',
    note: 'two\nlines',
  };
  await page.call('contact.save', { contactId: null, patch });
  await settled();
  const prepared = await page.call('export.prepare', { selection: everybody, sort: byName, format });
  expect(prepared.contacts).toBe(2);
  const response = await getExport(app, page, prepared.ticket);
  expect(response.headers.get('content-disposition')).toContain('attachment');
  const text = await response.text();
  if (format === 'csv') expect(text).toContain("'=1+1");
  expect((await getExport(app, page, prepared.ticket)).status).toBe(404);
  const job = await postImport(app, page, text, { name: prepared.fileName });
  expect((await jobIn(page, job.id, 'mapping')).columns).toEqual([]);
  await page.call('import.check', { importId: job.id, options: chosen({}, { known: 'replace' }) });
  const checked = await jobIn(page, job.id, 'checked');
  const { lines } = await page.call('import.lines', {
    importId: job.id,
    verdict: null,
    offset: 0,
    limit: 10,
  });
  expect([checked.counts.skip, lines.map(({ reason }) => reason)]).toEqual([
    2,
    ['nothing_new', 'nothing_new'],
  ]);
});

test('somebody who is not signed in on this page gets no export and puts no file', async () => {
  const { ticket } = await page.call('export.prepare', {
    selection: everybody,
    sort: byName,
    format: 'json',
  });
  const stranger = await fetch(`${app.origin}/export/${ticket}`);
  expect(stranger.status).toBe(403);
  const post = await fetch(`${app.origin}/import`, {
    method: 'POST',
    headers: { origin: app.origin },
    body: FILE,
  });
  expect(post.status).toBe(403);
  expect((await getExport(app, page, ticket)).status).toBe(200);
});
