/** The workspace's rule of retention, legal holds, notices of a breach and versions of the policy, over real sockets. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../shared/domain/id.ts';
import { WorkspaceRetention } from '../../../shared/domain/retention.ts';
import { DAY } from '../../../shared/domain/time.ts';
import { WASMS } from '../../../shared/policies/wasms.ts';
import { Snapshot } from '../../../shared/protocol/sync.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let owner: Desktop;
let maya: Desktop;
beforeEach(async () => {
  kit = await startKit();
  [owner, maya] = [await kit.connect(kit.owner), await kit.connect(kit.maya)];
});
afterEach(() => kit.close());

function rule(days: Partial<WorkspaceRetention['days']>, mode: WorkspaceRetention['mode'] = 'delete') {
  const {
    updatedAt: _at,
    updatedBy: _by,
    rev: _rev,
    ...retention
  } = WorkspaceRetention.parse({ days, mode });
  return { retention };
}
async function snapshot(desktop: Desktop): Promise<Snapshot> {
  return Snapshot.parse((await desktop.request('sync.snapshot', {})).value);
}
const forbidden = { ok: false, error: { kind: 'forbidden', retry: 'never' } };

test('R004-10: an owner changes the rule, and everybody is told; a team member and a supervisor cannot', async () => {
  const supervisor = await kit.connect(kit.supervisor);
  expect(await maya.command('retention.save', rule({ log: 30 }))).toMatchObject(forbidden);
  expect(await supervisor.command('retention.save', rule({ log: 30 }))).toMatchObject(forbidden);
  await maya.subscribe(kit.gateway.store.log.ends(kit.ws).head);
  expect(await owner.command('retention.save', rule({ log: 30 }))).toMatchObject({ ok: true });
  const told = await maya.event(({ type }) => type === 'retention.changed');
  expect(told.data['retention']).toMatchObject({ days: { log: 30 }, updatedBy: kit.owner.id, rev: told.seq });
  expect((await snapshot(maya)).retention).toEqual(told.data['retention']);
  const before = kit.gateway.store.log.ends(kit.ws).head;
  expect(await owner.command('retention.save', rule({ log: 30 }))).toMatchObject({ ok: true, seq: before });
});

test('anonymising is refused where the profile does not offer it', async () => {
  kit.gateway.store.catalogue.setPolicy(kit.ws, {
    ...WASMS,
    effectiveAt: 0,
    purgeModes: { offered: ['delete'], source: '' },
  });
  expect(await owner.command('retention.save', rule({}, 'anonymise'))).toMatchObject({
    error: { kind: 'unsupported' },
  });
});

test('X-1: only owners put and lift a legal hold; its scope stays', async () => {
  const conversationId = kit.inbound('4915100', 'keep this');
  const hold = {
    holdId: newId(),
    scope: { kind: 'conversation', conversationId },
    reason: 'a claim',
    reviewAt: Date.now() + 90 * DAY,
  };
  expect(await maya.command('hold.save', hold)).toMatchObject(forbidden);
  expect(await owner.command('hold.save', { ...hold, reviewAt: 5 })).toMatchObject({
    error: { kind: 'invalid' },
  });
  expect(await owner.command('hold.save', hold)).toMatchObject({ ok: true });
  expect((await snapshot(maya)).holds).toMatchObject([
    { id: hold.holdId, by: kit.owner.id, releasedAt: null },
  ]);
  expect(await owner.command('hold.save', { ...hold, scope: { kind: 'all' } })).toMatchObject({
    error: { kind: 'conflict' },
  });
  expect(await owner.command('hold.release', { holdId: hold.holdId })).toMatchObject({ ok: true });
  expect((await snapshot(maya)).holds?.[0]?.releasedBy).toBe(kit.owner.id);
  expect(await owner.command('hold.save', hold)).toMatchObject({ error: { kind: 'conflict' } });
});

test('R004-7: a notice of a breach reaches everybody, now and in the snapshot', async () => {
  await maya.subscribe(kit.gateway.store.log.ends(kit.ws).head);
  const notice = { id: newId(), knownAt: 1000, toldAt: 2000, summary: 'a key was lost' };
  kit.gateway.store.rules.tellBreach(kit.ws, notice);
  expect((await maya.event(({ type }) => type === 'breach.told')).data['notice']).toEqual(notice);
  expect((await snapshot(maya)).breaches).toEqual([notice]);
});

test('R000-8: everybody is told of an access by the gateway’s own staff', async () => {
  await maya.subscribe(kit.gateway.store.log.ends(kit.ws).head);
  const access = {
    id: newId(),
    at: 5,
    by: 'support-17',
    what: 'files',
    subjectId: null,
    reason: 'Ticket 4711',
  } as const;
  kit.gateway.store.rules.tellSupport(kit.ws, access);
  const told = await maya.event(({ type }) => type === 'support.accessed');
  expect(told.data['access']).toEqual(access);
});
