import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { openDesktop } from '../../support/desktop.ts';
import { NO_FAULTS } from '../../support/socket-faults.ts';
import { startDesktop } from '../../support/desktop-process.ts';
import { PASSWORD, startKit } from '../../support/gateway-kit.ts';
import type { Kit } from '../../support/gateway-kit.ts';
import { expectSame, gatewayState } from '../../support/gateway-state.ts';
import { until } from '../../support/until.ts';

let kit: Kit;
let folder: string;
let writing: NodeJS.Timeout | undefined;

beforeEach(async () => {
  kit = await startKit();
  folder = await mkdtemp(path.join(tmpdir(), 'parley-first-sync-'));
});

afterEach(async () => {
  clearInterval(writing);
  await kit.close();
  await rm(folder, { recursive: true, force: true });
});

const options = () => ({ folder, gateway: kit.gateway.url, email: kit.owner.email, password: PASSWORD });

/** `conversations` customers with `messages` messages each, in one transaction. */
function fill(conversations: number, messages: number): void {
  const start = Date.now() - conversations * messages * 1_000;
  kit.gateway.store.tx(() => {
    for (let message = 0; message < messages; message += 1) {
      for (let customer = 0; customer < conversations; customer += 1) {
        const at = start + (message * conversations + customer) * 1_000;
        kit.inbound(`49${1_000_000 + customer}`, `message ${message} of ${customer}`, { at });
      }
    }
  });
}

test('an empty workspace is online at once', async () => {
  const desktop = await openDesktop(options());
  await desktop.online();
  expect((await desktop.cache.read.syncState()).stage).toBe('done');
  await desktop.close();
});

test('everything arrives, the newest conversations first, and what changes meanwhile is not lost', async () => {
  fill(220, 12);
  const desktop = await openDesktop(options());
  const seen: number[] = [];
  writing = setInterval(() => {
    seen.push(kit.inbound('49999', `meanwhile ${seen.length}`).length);
  }, 5);
  await until('the first screen', async () => (await desktop.cache.read.syncState()).conversations >= 50);
  await desktop.online();
  clearInterval(writing);
  await until('the log was read', async () => {
    const { head } = kit.gateway.store.log.ends(kit.ws);
    return (await desktop.cache.read.syncState()).cursor === head;
  });
  const witness = await kit.connect(kit.owner);
  expectSame(await desktop.cache.read.dump(), await gatewayState(witness));
  expect((await desktop.cache.read.dump()).messages).toHaveLength(220 * 12 + seen.length);
  expect(await desktop.cache.read.incompleteConversations({ limit: 10 })).toEqual([]);
  const stages = desktop.states.flatMap((state) => (state.state === 'catching_up' ? [state.stage] : []));
  expect(stages).toContain('history');
  expect(desktop.states.at(-1)).toEqual({ state: 'online' });
  await desktop.close();
});

test('the ledger and the merges of contacts come along', async () => {
  fill(3, 1);
  const { contacts, consents, merges } = kit.gateway.store;
  const customer = (number: number) => {
    const contact = contacts.find(kit.ws, 'whatsapp', `49${1_000_000 + number}`);
    if (contact === null) throw new Error('no such customer');
    return contact;
  };
  const [winner, loser, { id: other }] = [customer(0), customer(1), customer(2)];
  const at = Date.now();
  const line = { purpose: 'marketing', channelKind: null, method: 'paper', source: 'form 7' } as const;
  const said = { ...line, state: 'given', at, recordedBy: null, recordedAt: at } as const;
  consents.record(kit.ws, { ...said, id: newId(at), contactId: other }, at);
  merges.merge(kit.ws, { id: newId(at), winner, loser, choices: {}, mergedBy: null }, at);
  const desktop = await openDesktop(options());
  await desktop.online();
  const read = (id: string) => desktop.cache.read.contact({ id });
  expect((await read(other))?.consents).toMatchObject([{ state: 'given', source: 'form 7' }]);
  expect((await read(winner.id))?.merges).toMatchObject([{ loser: { id: loser.id } }]);
  await desktop.close();
});

test('killed in the middle of the history, it goes on where it was', async () => {
  fill(150, 80);
  const config = { ...options(), seed: 1, faults: NO_FAULTS, hurry: 1, epoch: 0, impatience: 1 };
  // Snapshot, conversation pages, then the first pages of the history: dies when one of those is committed.
  const first = await startDesktop({ ...config, crash: { point: 'after_commit', after: 8 } });
  await until('the process died', () => !first.alive);
  const second = await openDesktop(options());
  const resumed = await second.cache.read.syncState();
  expect(resumed.stage).toBe('history');
  await second.online();
  const stages = second.states.flatMap((state) => (state.state === 'catching_up' ? [state.stage] : []));
  expect(stages).not.toContain('conversations');
  const witness = await kit.connect(kit.owner);
  expectSame(await second.cache.read.dump(), await gatewayState(witness));
  await second.close();
});

test('an agent gets what is theirs: what is given away leaves, what is given comes with its history', async () => {
  fill(30, 10);
  kit.inbound('4977', 'not for Maya', { channelId: kit.other.id });
  const desktop = await openDesktop({ ...options(), email: kit.maya.email });
  await desktop.online();
  const mayas = await kit.connect(kit.maya);
  const same = async () => expectSame(await desktop.cache.read.dump(), await gatewayState(mayas));
  await same();
  const supervisor = await kit.connect(kit.supervisor);
  const { conversations } = await desktop.cache.read.dump();
  expect(conversations).toHaveLength(30);
  const conversationId = conversations[0]!.id;
  const assign = (assigneeId: string | null) =>
    supervisor.command('conversation.assign', { conversationId, assigneeId });
  const here = async () => (await desktop.cache.read.conversation({ id: conversationId })) !== null;

  await assign(kit.tom.id);
  await until('it left', async () => !(await here()));
  await same();
  await assign(kit.maya.id);
  await until('it came back', here);
  await until('its history came', async () => {
    const { complete } = await desktop.cache.read.historyOf({ conversationId });
    return complete;
  });
  await same();
  await desktop.close();
});

test('changed access starts a new first sync', async () => {
  fill(20, 5);
  kit.inbound('4977', 'now for Maya', { channelId: kit.other.id });
  const desktop = await openDesktop({ ...options(), email: kit.maya.email });
  await desktop.online();
  kit.gateway.store.people.setAccess(kit.maya.id, { role: 'agent', channelIds: [kit.other.id] });
  await until('the other channel is here', async () => {
    const { conversations } = await desktop.cache.read.dump();
    return conversations.length === 1 && conversations[0]?.channelId === kit.other.id;
  });
  await desktop.online();
  const witness = await kit.connect(kit.maya);
  expectSame(await desktop.cache.read.dump(), await gatewayState(witness));
  await desktop.close();
});

test('older messages of one conversation on demand', async () => {
  fill(1, 400);
  const desktop = await openDesktop(options());
  await desktop.online();
  const [conversation] = (await desktop.cache.read.dump()).conversations;
  expect(await desktop.sync.loadOlder(conversation!.id)).toBe(0);
  await desktop.close();
});

/** As many as 100,000 come in the same way: in pages, behind the conversations, from where they were. */
function address(count: number): void {
  kit.gateway.store.tx(() => {
    for (let index = 0; index < count; index += 1) {
      kit.gateway.store.contacts.create(kit.ws, { name: `Nobody ${index}`, identities: [] });
    }
  });
}

test('contacts without a conversation come behind the conversations, resumed after a kill', async () => {
  fill(60, 2);
  address(2_600);
  const config = { ...options(), seed: 1, faults: NO_FAULTS, hurry: 1, epoch: 0, impatience: 1 };
  // Session, snapshot, pages of conversations and some of the contacts.
  const first = await startDesktop({ ...config, crash: { point: 'after_commit', after: 7 } });
  await until('the process died', () => !first.alive);
  const second = await openDesktop(options());
  const resumed = await second.cache.read.syncState();
  expect(resumed.contacts.done).toBe(false);
  expect(resumed.contacts.count).toBeGreaterThan(0);
  expect((await second.cache.read.dump()).conversations).toHaveLength(60);
  await second.online();
  const witness = await kit.connect(kit.owner);
  const dump = await second.cache.read.dump();
  expectSame(dump, await gatewayState(witness));
  expect(dump.contacts).toHaveLength(2_660);
  expect((await second.cache.read.syncState()).contacts).toEqual({ done: true, next: null, count: 2_600 });
  await second.close();
});
