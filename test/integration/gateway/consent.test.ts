/** The ledger of consent, and what STOP does, over real sockets. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConsentEntry } from '../../../shared/domain/consent.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { Message } from '../../../shared/domain/message.ts';
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import { inboundFact, startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let maya: Desktop;
let clock = 0;
let conversationId = '';
let contactId = '';
beforeEach(async () => {
  clock = Date.now();
  kit = await startKit({ now: () => clock });
  conversationId = kit.inbound('4915100', 'hello', { at: clock });
  contactId = kit.gateway.store.conversations.get(kit.ws, conversationId)!.contactId;
  maya = await kit.connect(kit.maya);
});
afterEach(() => kit.close());

function say(text: string): void {
  clock += 1_000;
  kit.inbound('4915100', text, { at: clock });
}
function ledger(): ConsentEntry[] {
  return kit.gateway.store.consents.of(contactId);
}
function states(): string[] {
  return ledger().map(({ state }) => state);
}
function contact() {
  return kit.gateway.store.contacts.get(kit.ws, contactId)!;
}
function confirmations(): string[] {
  return kit.gateway.store.db
    .prepare<{ state: string }>("SELECT state FROM messages WHERE direction = 'out' ORDER BY sent_at")
    .all()
    .map(({ state }) => JSON.parse(state) as Message)
    .filter(({ author }) => author.type === 'gateway')
    .map(({ content }) => (content.kind === 'text' ? content.body : ''));
}
function line(fields: object = {}) {
  const given = { contactId, purpose: 'marketing', channelKind: null, state: 'given' };
  return { id: newId(), ...given, at: clock, method: 'paper', source: 'Form 12', ...fields };
}
function refused(kind: string) {
  return { ok: false, error: { kind } };
}

test('STOP withdraws marketing, is confirmed once, and is a line of the timeline', async () => {
  await maya.subscribe(0);
  say(' Stop! ');
  expect(ledger()).toMatchObject([
    { purpose: 'marketing', channelKind: null, state: 'withdrawn', method: 'keyword', recordedBy: null },
  ]);
  expect(contact().consent).toMatchObject({ state: 'opted_out', source: 'Stop!' });
  expect(confirmations()).toHaveLength(1);
  const told = await maya.event(({ type }) => type === 'activity.created');
  expect(told.data).toMatchObject({ activity: { kind: 'consent_withdrawn', actorId: null } });
  await maya.event(({ type }) => type === 'consent.recorded');
  const sent = await maya.event(({ type }) => type === 'message.status');
  expect(sent.data).toMatchObject({ delivery: { status: 'sent' } });
  say('STOP');
  say('stop by tomorrow');
  expect([states(), confirmations().length]).toEqual([['withdrawn'], 1]);
  say('START');
  expect(states()).toEqual(['withdrawn', 'given']);
  expect(ledger()[1]).toMatchObject({ channelKind: 'whatsapp' });
  expect(contact().consent.state).toBe('opted_in');
  expect(confirmations()).toHaveLength(2);
  // The same word within a day changes the state, and is not confirmed once more.
  say('stop');
  expect([states(), confirmations().length]).toEqual([['withdrawn', 'given', 'withdrawn'], 2]);
  clock += DAY + HOUR;
  say('stop');
  expect([states().length, confirmations().length]).toEqual([4, 3]);
});

test('translations count, in the language of the word', async () => {
  for (const [word, start] of [
    ['STOPP', 'Sie'],
    ['Baja', 'Ya no'],
    ['sair', 'Você'],
    ['توقف', 'لن'],
    ['Désabonner', 'Vous'],
    ['退订', 'You'],
    ['הסר', 'לא'],
  ] as const) {
    say('START');
    clock += DAY + HOUR;
    say(word);
    expect([word, states().at(-1)]).toEqual([word, 'withdrawn']);
    expect(confirmations().at(-1)).toMatch(new RegExp(`^${start}`, 'u'));
  }
});

test('nothing is confirmed to somebody who is blocked or restricted, or when the window is over', () => {
  const { store } = kit.gateway;
  store.contacts.save(kit.ws, { ...contact(), blocked: true }, clock);
  say('STOP');
  store.contacts.save(kit.ws, { ...contact(), blocked: false }, clock);
  // An old message that comes late: what it says holds, an answer would not arrive.
  clock += 3 * DAY;
  const late = inboundFact(kit.channel.id, '4915100', 'START', { at: clock - 2 * DAY });
  store.ingest([late], { provider: 'test', body: 'late', receivedAt: clock });
  expect(states()).toEqual(['withdrawn', 'given']);
  expect(confirmations()).toEqual([]);
});

test('the ledger is written by people too, each line once, and is never changed', async () => {
  const entry = line();
  expect(await maya.command('consent.record', { entry })).toMatchObject({ ok: true });
  expect(ledger()).toMatchObject([{ recordedBy: kit.maya.id, recordedAt: clock, source: 'Form 12' }]);
  expect(contact().consent).toEqual({ state: 'opted_in', at: clock, source: 'Form 12' });
  expect(await maya.command('consent.record', { entry })).toMatchObject({ ok: true });
  expect(await maya.command('consent.record', { entry: { ...entry, source: 'x' } })).toMatchObject(
    refused('conflict'),
  );
  expect(await maya.command('consent.record', { entry: line({ method: 'keyword' }) })).toMatchObject(
    refused('invalid'),
  );
  expect(await maya.command('consent.record', { entry: line({ at: clock + DAY }) })).toMatchObject(
    refused('invalid'),
  );
  expect(await maya.command('consent.record', { entry: line({ contactId: newId() }) })).toMatchObject(
    refused('not_found'),
  );
  // What was said earlier does not take the place of what was said later.
  await maya.command('consent.record', { entry: line({ state: 'withdrawn', at: clock - DAY }) });
  expect(contact().consent.state).toBe('opted_in');
  expect(states()).toHaveLength(2);
  const { db } = kit.gateway.store;
  expect(() => db.prepare("UPDATE consents SET state = '{}'").run()).toThrow('append-only');
  expect(() => db.prepare('DELETE FROM consents').run()).toThrow('append-only');
});

test('what the provider knows of preferences is in the ledger, each statement once', () => {
  const { party } = {
    party: {
      identity: {
        channelKind: 'whatsapp' as const,
        externalId: '4915100',
        parentExternalId: null,
        phone: '+4915100',
        username: null,
      },
      name: null,
    },
  };
  for (const body of ['1', '2']) {
    kit.gateway.store.ingest(
      [
        {
          type: 'consent',
          channelId: kit.channel.id,
          party,
          consent: { state: 'opted_out', at: clock - HOUR, source: 'WhatsApp' },
        },
      ],
      { provider: 'test', body, receivedAt: clock },
    );
  }
  expect(ledger()).toMatchObject([{ method: 'provider', channelKind: 'whatsapp', state: 'withdrawn' }]);
  expect(contact().consent.state).toBe('opted_out');
});

test('a withdrawal since a merge holds for both when it is undone', async () => {
  const other = kit.gateway.store.conversations.get(kit.ws, kit.inbound('4915200', 'hi', { at: clock }))!;
  const mergeId = newId();
  await maya.command('contact.merge', {
    mergeId,
    winnerId: contactId,
    loserId: other.contactId,
    choices: {},
  });
  clock += 1_000;
  kit.inbound('4915200', 'STOP', { at: clock });
  expect(contact().consent.state).toBe('opted_out');
  await maya.command('contact.unmerge', { mergeId });
  const loser = kit.gateway.store.contacts.get(kit.ws, other.contactId)!;
  expect([contact().consent.state, loser.consent.state]).toEqual(['opted_out', 'opted_out']);
  expect(kit.gateway.store.consents.of(loser.id)).toMatchObject([{ state: 'withdrawn' }]);
});

test('restriction is for those who run the desk, and stops what would be sent', async () => {
  const restriction = { reason: 'asked for it', requestId: null };
  const restrict = (desktop: Desktop, value: object | null) =>
    desktop.command('contact.restrict', { contactId, restriction: value });
  expect(await restrict(maya, restriction)).toMatchObject(refused('forbidden'));
  const supervisor = await kit.connect(kit.supervisor);
  expect(await restrict(supervisor, restriction)).toMatchObject({ ok: true });
  expect(contact().restriction).toEqual({ ...restriction, since: clock });
  const message = {
    conversationId,
    messageId: newId(),
    content: { kind: 'text', body: 'hello' },
    quotedMessageId: null,
  };
  expect(await maya.command('message.send', message)).toMatchObject(refused('restricted'));
  const messageId = kit.gateway.store.conversations.get(kit.ws, conversationId)!.lastMessage!.id;
  expect(await maya.command('message.react', { conversationId, messageId, emoji: '👍' })).toMatchObject(
    refused('restricted'),
  );
  expect(await restrict(supervisor, null)).toMatchObject({ ok: true });
  expect(await maya.command('message.send', { ...message, messageId: newId() })).toMatchObject({ ok: true });
});
