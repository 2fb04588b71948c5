/**
 * The audit and the support bundle of the real process: everything that is done is in the one, nothing that was written in either. Known
 * strings are put into every place that takes words.
 */
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { EVERYBODY } from '../../../shared/domain/contact-filter.ts';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import { type AppProcess, type Page, scratch, startApp } from '../../support/app-process.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { draftOf, inbox, sendText, signInAs } from '../../support/page-steps.ts';
import { getExport } from '../../support/transfer-http.ts';
import { unzip } from '../../support/unzip.ts';

/** One for each place, none like another. */
const KNOWN = {
  inbound: 'zarquon inbound marmalade',
  sent: 'zarquon outgoing rhubarb',
  note: 'zarquon note tamarind',
  draft: 'zarquon draft persimmon',
  search: 'zarquon search kumquat',
  name: 'Zarquon Quincewell',
  company: 'Zarquon Loganberry Ltd',
  contactNote: 'zarquon card medlar',
  contactSearch: 'zarquon people damson',
  label: 'Zarquon bilberry',
  log: 'zarquon logged greengage',
};

let place: Awaited<ReturnType<typeof scratch>>;
let kit: Kit;
let app: AppProcess;
let page: Page;

beforeAll(async () => {
  place = await scratch();
  kit = await startKit({});
  kit.inbound('491701', KNOWN.inbound);
  app = await startApp(['--key', 'file', '--user-data', place.userData, '--gateway', kit.gateway.url], place);
  page = await app.page();
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
});
afterAll(async () => {
  await app.stop();
  await kit.close();
  await place.remove();
});

async function listed(kind: 'view' | 'search' | 'access' | 'settings' | null = null) {
  const { entries } = await page.call('audit.list', {
    kind,
    personId: null,
    from: null,
    to: null,
    before: null,
    limit: 200,
  });
  return entries;
}
const actions = (entries: CallOutput<'audit.list'>['entries']) => entries.map(({ action }) => action);

function withoutKnown(text: string): void {
  for (const words of Object.values(KNOWN)) {
    // The last word is the one that stands nowhere else.
    const own = words.replace(/ Ltd$/u, '').split(' ').at(-1) ?? words;
    expect(text.toLowerCase()).not.toContain(own.toLowerCase());
  }
  expect(text.toLowerCase()).not.toContain('zarquon');
}

test('everything that is done leaves one line, and no line holds a word of it', async () => {
  const [row] = await inbox(page);
  if (row === undefined) throw new Error('an empty inbox');
  const conversationId = row.conversation.id;
  for (let times = 0; times < 3; times += 1)
    await page.call('connection.signal', { type: 'viewing', conversationId });
  await page.call('conversation.get', { conversationId });
  await sendText(page, conversationId, KNOWN.sent);
  await page.call('note.add', { conversationId, body: KNOWN.note, mentions: [] });
  await page.call('draft.save', { conversationId, draft: draftOf(KNOWN.draft) });
  await page.call('search.query', { text: KNOWN.search, conversationId: null, limit: 10 });
  const { contactId } = await page.call('contact.save', {
    contactId: null,
    patch: { name: KNOWN.name, phone: '+5511987654321', company: KNOWN.company, note: KNOWN.contactNote },
  });
  await page.call('audit.tell', { what: 'view.contact', id: contactId });
  await page.call('contacts.list', {
    filter: EVERYBODY,
    query: KNOWN.contactSearch,
    sort: { by: 'name', descending: false },
    offset: 0,
    limit: 20,
  });
  await page.call('settings.save', { ...DEFAULT_SETTINGS, theme: 'dark' });
  await page.call('library.save', {
    itemId: null,
    scope: 'personal',
    content: { kind: 'canned_reply', shortcut: 'z', title: KNOWN.label, folder: '', body: KNOWN.sent },
  });
  expect(actions(await listed('view'))).toEqual(['view.contact', 'view.conversation']);
  expect(actions(await listed('search'))).toEqual(['search.contacts', 'search.messages']);
  expect(actions(await listed('access'))).toEqual(['session.signIn']);
  expect((await listed('settings'))[0]).toMatchObject({ subjects: ['theme'] });
  expect((await listed())[0]?.actorId).toBe(kit.owner.id);
  withoutKnown(JSON.stringify(await listed()));
});

test('it is whole, and as a file it is the same chain', async () => {
  const verified = await page.call('audit.verify', { after: null });
  expect(verified).toMatchObject({ brokenAt: null, next: null });
  expect(verified.checked).toBe(verified.total);
  const { ticket, entries } = await page.call('audit.export', {});
  const lines = (await (await getExport(app, page, ticket)).text()).trim().split('\n');
  expect(lines).toHaveLength(entries);
  const parsed = lines.map(
    (line) => JSON.parse(line) as { seq: number; previous: string; hash: string; action: string },
  );
  expect(parsed.at(-1)?.action).toBe('audit.export');
  for (const [index, entry] of parsed.entries())
    expect(entry.previous).toBe(index === 0 ? '0'.repeat(64) : parsed[index - 1]?.hash);
  withoutKnown(lines.join('\n'));
});

test('the support bundle holds no word of anybody, also when one got into the log', async () => {
  await appendFile(
    path.join(place.userData, 'logs', 'parley.log'),
    `${JSON.stringify({ level: 50, time: new Date().toISOString(), error: { type: KNOWN.log }, state: KNOWN.log, msg: `Failed: ${KNOWN.log}!` })}\n${KNOWN.log}\n`,
  );
  const report = await page.call('diagnostics.report', {});
  expect(report.versions['parley']).toBeDefined();
  expect(report.log.length).toBeGreaterThan(2);
  withoutKnown(JSON.stringify(report));
  const { ticket } = await page.call('diagnostics.bundle', {});
  const bytes = Buffer.from(await (await getExport(app, page, ticket)).arrayBuffer());
  const files = unzip(bytes);
  expect([...files.keys()]).toEqual(['README.txt', 'report.json', 'settings.json', 'log.txt']);
  for (const file of files.values()) {
    withoutKnown(file.toString());
    expect(file.toString()).not.toMatch(/5511987654321|491701/u);
    expect(file.toString()).not.toContain(place.userData);
  }
  expect(JSON.parse(files.get('settings.json')?.toString() ?? '')).toMatchObject({ theme: 'dark' });
});

test('the line of signing out is there for the next one', async () => {
  await expect.poll(async () => (await page.connection()).unsent).toBe(0);
  await page.call('session.signOut', { discardUnsent: true });
  await page.refused('session.signIn', {
    gateway: kit.gateway.url,
    email: kit.owner.email,
    password: 'not this one',
    totp: null,
  });
  await signInAs(page, kit.gateway.url, kit.owner.email, PASSWORD);
  expect(actions(await listed('access')).slice(0, 3)).toEqual([
    'session.signIn',
    'session.signIn.failed',
    'session.signOut',
  ]);
});

test('others learn that it exists, and no more', async () => {
  await page.call('session.signOut', { discardUnsent: true });
  await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
  const state = await page.call('audit.state', {});
  expect(state.mayRead).toBe(false);
  expect(state.entries).toBeGreaterThan(5);
  const asked = { kind: null, personId: null, from: null, to: null, before: null, limit: 1 };
  expect((await page.refused('audit.list', asked)).kind).toBe('forbidden');
  expect((await page.refused('audit.verify', { after: null })).kind).toBe('forbidden');
  expect((await page.refused('audit.export', {})).kind).toBe('forbidden');
});
