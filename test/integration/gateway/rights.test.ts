/** Requests of people about their data, over real sockets. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { RightsRequest } from '../../../shared/domain/rights.ts';
import { DAY } from '../../../shared/domain/time.ts';
import { Snapshot } from '../../../shared/protocol/sync.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let maya: Desktop;
let supervisor: Desktop;
let contactId = '';
beforeEach(async () => {
  kit = await startKit();
  const conversationId = kit.inbound('4915100', 'what do you know about me?');
  contactId = kit.gateway.store.conversations.get(kit.ws, conversationId)!.contactId;
  [maya, supervisor] = [await kit.connect(kit.maya), await kit.connect(kit.supervisor)];
});
afterEach(() => kit.close());

const NOW = Date.now();
function request(by: string, fields: object = {}): RightsRequest {
  return RightsRequest.parse({
    id: newId(),
    kind: 'erase',
    contactId,
    way: 'message',
    details: 'in their own words',
    eu: true,
    receivedAt: NOW,
    recordedAt: NOW,
    recordedBy: by,
    promise: {
      policyId: 'onemsg',
      policyVersion: 1,
      holder: 'gateway',
      holderSource: '',
      days: 30,
      daysSource: '',
      timeZone: 'Europe/Berlin',
    },
    addressee: { to: 'gateway', point: null },
    dueAt: NOW + 30 * DAY,
    state: 'open',
    hold: null,
    refusal: null,
    steps: [{ id: 'erase_local', state: 'open', at: null, by: null, note: null }],
    closedAt: null,
    receipt: null,
    ...fields,
  });
}
function save(desktop: Desktop, value: RightsRequest) {
  return desktop.command('rights.save', { request: value });
}
function refused(kind: string) {
  return { ok: false, error: { kind } };
}
function stored(id: string): RightsRequest | undefined {
  return kit.gateway.store.rights.get(id)?.request;
}

test('an agent opens a request, who runs the desk goes on with it, and a closed one stays', async () => {
  const fresh = request(kit.maya.id);
  expect(await save(maya, { ...fresh, recordedBy: kit.tom.id })).toMatchObject(refused('invalid'));
  expect(await save(maya, { ...fresh, contactId: newId() })).toMatchObject(refused('not_found'));
  expect(await save(maya, fresh)).toMatchObject({ ok: true });
  const hold = {
    ground: 'legal' as const,
    reason: 'a lawsuit',
    reviewAt: NOW + DAY,
    by: kit.supervisor.id,
    at: NOW,
  };
  const held = { ...fresh, state: 'on_hold' as const, hold };
  expect(await save(maya, held)).toMatchObject(refused('forbidden'));
  expect(await save(supervisor, { ...held, hold: null })).toMatchObject(refused('invalid'));
  expect(await save(supervisor, { ...held, dueAt: NOW + 90 * DAY })).toMatchObject(refused('invalid'));
  expect(await save(supervisor, held)).toMatchObject({ ok: true });
  expect(stored(fresh.id)).toMatchObject({ state: 'on_hold' });
  const refusal = { reason: 'kept by law', by: kit.supervisor.id, at: NOW };
  const closed = { ...fresh, state: 'refused' as const, refusal, closedAt: NOW };
  expect(await save(supervisor, { ...closed, closedAt: null })).toMatchObject(refused('invalid'));
  expect(await save(supervisor, closed)).toMatchObject({ ok: true });
  expect(await save(supervisor, fresh)).toMatchObject(refused('conflict'));
  expect(await save(supervisor, closed)).toMatchObject({ ok: true });
});

test('a request is done with its steps and its receipt, not before', async () => {
  const fresh = request(kit.maya.id, { kind: 'access' });
  await save(maya, fresh);
  const receipt = {
    id: newId(),
    requestId: fresh.id,
    kind: fresh.kind,
    contactId,
    policyId: 'onemsg',
    policyVersion: 1,
    at: NOW,
    by: kit.supervisor.id,
    counts: {
      contacts: 1,
      conversations: 1,
      messages: 1,
      notes: 0,
      files: 0,
      bytes: 0,
      outbox: 0,
      exports: 0,
      fields: 0,
    },
    asked: { who: 'nobody' as const, at: null, answer: null },
    backups: null,
    bundleSha256: null,
    scan: null,
  };
  const steps = fresh.steps.map((step) => ({
    ...step,
    state: 'done' as const,
    at: NOW,
    by: kit.supervisor.id,
  }));
  const done = { ...fresh, state: 'done' as const, closedAt: NOW, receipt, steps };
  expect(await save(supervisor, { ...done, steps: fresh.steps })).toMatchObject(refused('invalid'));
  expect(await save(supervisor, { ...done, steps: [] })).toMatchObject(refused('invalid'));
  expect(await save(supervisor, { ...done, receipt: { ...receipt, requestId: newId() } })).toMatchObject(
    refused('invalid'),
  );
  expect(await save(supervisor, done)).toMatchObject({ ok: true });
});

test('requests come with the snapshot to who sees the person; after an erasure only the numbers are left', async () => {
  await maya.subscribe(0);
  const fresh = request(kit.maya.id);
  await save(maya, fresh);
  await maya.event(({ type }) => type === 'rights.changed');
  const seen = async (desktop: Desktop) =>
    Snapshot.parse((await desktop.request('sync.snapshot', {})).value).rights?.map(({ details }) => details);
  const outside = await kit.addUser({ name: 'outside', role: 'agent', channelIds: [kit.other.id] });
  expect(await seen(maya)).toEqual(['in their own words']);
  expect(await seen(await kit.connect(outside))).toEqual([]);
  const erase = { contactId, requestId: newId(), reason: 'asked' };
  expect(await supervisor.command('contact.erase', erase)).toMatchObject(refused('not_found'));
  expect(await supervisor.command('contact.erase', { ...erase, requestId: fresh.id })).toMatchObject({
    ok: true,
  });
  expect(await seen(supervisor)).toEqual([null]);
  // The request goes on after the person is gone.
  const held = {
    ...fresh,
    state: 'on_hold' as const,
    hold: {
      ground: 'operational' as const,
      reason: 'waiting',
      reviewAt: NOW + DAY,
      by: kit.supervisor.id,
      at: NOW,
    },
  };
  expect(await save(supervisor, held)).toMatchObject({ ok: true });
  expect(stored(fresh.id)?.details).toBeNull();
});
