/** Erasing a person: nothing of them is left in the gateway's own folder, and nothing late brings them back. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProviderFact } from '../../../gateway/providers/provider.ts';
import { newId } from '../../../shared/domain/id.ts';
import { parseEvent } from '../../../shared/protocol/events.ts';
import { inboundFact, startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let supervisor: Desktop;
beforeEach(async () => {
  kit = await startKit();
  supervisor = await kit.connect(kit.supervisor);
});
afterEach(() => kit.close());

/** Words that are nowhere but with this person. */
const NUMBER = '4917099887766';
const SECRETS = {
  number: NUMBER,
  said: 'zebracrossing',
  noted: 'quokkaremark',
  name: 'Wilhelmina Xylander',
  email: 'wilhelmina@xylander.example',
  file: 'xylander-passport.png',
  bytes: 'PNGBYTESOFXYLANDER',
  company: 'Xylander Estates',
  field: 'xylander loyalty',
  reason: 'xylander wants out',
  source: 'xylander form',
  hidden: 'US.778899001122',
};

function head(): number {
  return kit.gateway.store.log.ends(kit.ws).head;
}
function refused(kind: string) {
  return { ok: false, error: { kind } };
}
/** Which of the words are in which file, as bytes. */
async function found(): Promise<string[]> {
  const hits: string[] = [];
  const entries = await readdir(kit.dataDir, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(path.join(entry.parentPath, entry.name));
    for (const [key, word] of Object.entries(SECRETS))
      if (bytes.includes(word)) hits.push(`${entry.name}: ${key}`);
  }
  return hits;
}
function payloadOf(fact: ProviderFact, body = JSON.stringify(fact)) {
  return { provider: 'test', body, receivedAt: Date.now() };
}

async function write(): Promise<{ contactId: string; conversationId: string; facts: ProviderFact[] }> {
  const { store } = kit.gateway;
  const media = { id: 'prov-1', mimeType: 'image/png', size: 3, sha256: null, fileName: SECRETS.file };
  const facts: ProviderFact[] = [
    inboundFact(kit.channel.id, NUMBER, `hello ${SECRETS.said}`, { providerId: `wamid.${NUMBER}.1` }),
    inboundFact(kit.channel.id, NUMBER, '', {
      providerId: `wamid.${NUMBER}.2`,
      content: { kind: 'image', media, caption: SECRETS.said },
    }),
  ];
  for (const fact of facts) store.ingest([fact], payloadOf(fact));
  const { id: contactId } = store.contacts.find(kit.ws, 'whatsapp', NUMBER)!;
  const { id: conversationId } = store.conversations.find(contactId, kit.channel.id)!;
  const owner = await kit.connect(kit.owner);
  const fieldId = newId();
  await owner.command('field.save', {
    field: { id: fieldId, name: 'Loyalty', type: 'text', choices: [], position: 0 },
  });
  const patch = {
    name: SECRETS.name,
    email: SECRETS.email,
    company: SECRETS.company,
    fields: { [fieldId]: SECRETS.field },
  };
  // Together with somebody else, in one event.
  const other = kit.inbound('4915100', 'I am somebody else');
  const otherId = store.conversations.get(kit.ws, other)!.contactId;
  const changes = [
    { contactId, create: false, patch },
    { contactId: otherId, create: false, patch: { company: 'Other Ltd' } },
  ];
  expect(await supervisor.command('contacts.change', { changes, importId: null })).toMatchObject({
    ok: true,
  });
  await supervisor.command('note.add', {
    conversationId,
    noteId: newId(),
    body: SECRETS.noted,
    mentions: [],
  });
  const entry = {
    id: newId(),
    contactId,
    purpose: 'service',
    channelKind: null,
    state: 'given',
    at: Date.now(),
    method: 'web_form',
    source: SECRETS.source,
  };
  await supervisor.command('consent.record', { entry });
  await supervisor.command('conversation.status', {
    conversationId,
    status: 'closed',
    snoozedUntil: null,
    reason: SECRETS.reason,
  });
  const upload = new TextEncoder().encode(SECRETS.bytes);
  const sha256 = [...new Uint8Array(await crypto.subtle.digest('SHA-256', upload))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  const uploaded = await kit.http('POST', '/v1/media', {
    token: supervisor.signIn.tokens.accessToken,
    body: upload,
    headers: { 'content-type': 'image/png', 'x-content-sha256': sha256, 'x-file-name': SECRETS.file },
  });
  expect(uploaded.status).toBe(201);
  const content = { kind: 'image', media: uploaded.body, caption: SECRETS.said };
  const sent = { conversationId, messageId: newId(), content, quotedMessageId: null };
  expect(await supervisor.command('message.send', sent)).toMatchObject({ ok: true });
  // Known by another name as well, and merged with a second record.
  const second = inboundFact(kit.other.id, SECRETS.hidden, SECRETS.said, { providerId: 'wamid.second' });
  store.ingest([second], payloadOf(second));
  const loserId = store.contacts.find(kit.ws, 'whatsapp', SECRETS.hidden)!.id;
  await supervisor.command('contact.merge', { mergeId: newId(), winnerId: contactId, loserId, choices: {} });
  // With somebody else for a while, by mistake.
  const mergeId = newId();
  await supervisor.command('contact.merge', { mergeId, winnerId: otherId, loserId: contactId, choices: {} });
  await supervisor.command('contacts.change', {
    changes: [{ contactId: otherId, create: false, patch: { note: 'unrelated' } }],
    importId: null,
  });
  await supervisor.command('contact.unmerge', { mergeId });
  return { contactId, conversationId, facts };
}

test('nothing of an erased person is left in the files of the gateway', async () => {
  const { contactId, conversationId, facts } = await write();
  const missing = Object.keys(SECRETS).filter((key) => key !== 'hidden');
  const before = new Set((await found()).map((hit) => hit.split(': ')[1]));
  expect(missing.filter((key) => !before.has(key))).toEqual([]);
  const late = await kit.connect(kit.owner);
  const erase = { contactId, requestId: null, reason: SECRETS.reason };
  const maya = await kit.connect(kit.maya);
  expect(await maya.command('contact.erase', erase)).toMatchObject(refused('forbidden'));
  expect(await supervisor.command('contact.erase', erase)).toMatchObject({ ok: true, seq: head() });
  await expect.poll(found).toEqual([]);

  // The numbers of the log are all there; what is left of it still fits.
  await late.subscribe(0);
  await expect.poll(() => head() - late.cursor()).toBe(0);
  for (const event of late.events()) expect(parseEvent(event)).toMatchObject({ ok: true });
  expect(JSON.stringify(late.events())).not.toContain('ylander');
  const erased = late.events().filter(({ type }) => type === 'contact.erased');
  expect(erased).toHaveLength(2);
  const told = erased.find(({ data }) => (data['contactId'] as unknown) === contactId);
  expect((told!.data as { conversationIds?: string[] }).conversationIds).toContain(conversationId);
  const kept = late
    .events()
    .filter(({ type }) => type === 'contact.changed')
    .at(-1);
  expect(kept).toBeDefined();
  // Somebody else's part of what they shared is still there.
  const other = kit.gateway.store.contacts.find(kit.ws, 'whatsapp', '4915100');
  expect(other).toMatchObject({ company: 'Other Ltd', note: 'unrelated' });

  // Late reports and the same payload once more bring nothing back.
  const { store } = kit.gateway;
  const seen = head();
  for (const fact of facts) store.ingest([fact], payloadOf(fact));
  const status: ProviderFact = {
    type: 'reaction',
    channelId: kit.channel.id,
    providerId: `wamid.${NUMBER}.1`,
    by: 'contact',
    emoji: '👍',
    at: Date.now(),
  };
  store.ingest([status], payloadOf(status));
  expect(head()).toBe(seen);
  expect(await found()).toEqual([]);
  expect(await supervisor.command('contact.erase', erase)).toMatchObject({ ok: true });
  const change = { contactId, create: true, patch: { name: 'Back again' } };
  expect(await supervisor.command('contacts.change', { changes: [change], importId: null })).toMatchObject(
    refused('conflict'),
  );

  // A new message makes a new person.
  kit.inbound(NUMBER, 'me again');
  expect(store.contacts.find(kit.ws, 'whatsapp', NUMBER)?.id).not.toBe(contactId);
});

test('what a crash left to be done is done at the next start', async () => {
  const { contactId } = await write();
  const { store } = kit.gateway;
  store.erasure.erase(kit.ws, contactId, null, Date.now());
  await kit.restart();
  await expect.poll(found).toEqual([]);
});
