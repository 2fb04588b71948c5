/** Canned replies, macros, views and pins over real sockets: who may write them, who gets them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NO_FILTER } from '../../../shared/domain/conversation-filter.ts';
import { newId } from '../../../shared/domain/id.ts';
import { parseEvent } from '../../../shared/protocol/events.ts';
import { Snapshot } from '../../../shared/protocol/sync.ts';
import { startKit } from '../../support/gateway-kit.ts';
import type { Desktop, Kit } from '../../support/gateway-kit.ts';

let kit: Kit;
let supervisor: Desktop;
let maya: Desktop;
let tom: Desktop;
beforeEach(async () => {
  kit = await startKit();
  [supervisor, maya, tom] = [
    await kit.connect(kit.supervisor),
    await kit.connect(kit.maya),
    await kit.connect(kit.tom),
  ];
  for (const desktop of [supervisor, maya, tom]) await desktop.subscribe(head());
});
afterEach(() => kit.close());

const reply = (body: string) => ({
  kind: 'canned_reply',
  shortcut: 'hi',
  title: 'Hello',
  folder: 'Greetings/Short',
  body,
});
function head(): number {
  return kit.gateway.store.log.ends(kit.ws).head;
}
function save(desktop: Desktop, itemId: string, scope: string, content: object) {
  return desktop.command('library.save', { itemId, scope, content });
}
function refused(kind: string) {
  return { ok: false, error: { kind } };
}
/** What a desktop heard of the library: body or conversation, and whether it is gone. */
async function heard(desktop: Desktop) {
  await expect.poll(() => head() - desktop.cursor()).toBe(0);
  return desktop
    .events()
    .filter((event) => event.type === 'library.changed')
    .map((event) => {
      const parsed = parseEvent(event);
      if (!parsed.ok || parsed.event.type !== 'library.changed')
        throw new Error('not an event of the library');
      const { item } = parsed.event.data;
      expect(item.rev).toBe(event.seq);
      return [item.id, item.deleted];
    });
}
async function inSnapshot(desktop: Desktop): Promise<string[]> {
  const { library } = Snapshot.parse((await desktop.request('sync.snapshot', {})).value);
  return library.map((item) => item.id);
}

test('a thing of the team is written by supervisors and owners and goes to everybody', async () => {
  const id = newId();
  expect(await save(maya, id, 'team', reply('no'))).toMatchObject(refused('forbidden'));
  expect(await save(supervisor, id, 'team', reply('one'))).toMatchObject({ ok: true, seq: head() });
  const before = head();
  expect(await save(supervisor, id, 'team', reply('one'))).toMatchObject({ ok: true });
  expect(head()).toBe(before);
  const owner = await kit.connect(kit.owner);
  expect(await save(owner, id, 'team', reply('two'))).toMatchObject({ ok: true });
  expect(kit.gateway.store.library.get(id)?.item).toMatchObject({
    ownerId: kit.supervisor.id,
    content: { body: 'two' },
  });
  expect(await maya.command('library.delete', { itemId: id })).toMatchObject(refused('forbidden'));
  expect(await inSnapshot(tom)).toEqual([id]);
  expect(await supervisor.command('library.delete', { itemId: id })).toMatchObject({ ok: true });
  expect(await inSnapshot(tom)).toEqual([]);
  // Undone: the same thing under its id.
  expect(await save(supervisor, id, 'team', reply('two'))).toMatchObject({ ok: true });
  expect(await heard(maya)).toEqual([
    [id, false],
    [id, false],
    [id, true],
    [id, false],
  ]);
});

test('a personal thing is its owner’s alone: nobody else hears of it, reads it or writes it', async () => {
  const id = newId();
  const view = { kind: 'saved_view', title: 'Mine', filter: NO_FILTER, sort: 'waiting' };
  expect(await save(maya, id, 'personal', view)).toMatchObject({ ok: true });
  const other = await kit.connect(kit.maya);
  expect(await inSnapshot(other)).toEqual([id]);
  for (const stranger of [tom, supervisor]) {
    expect(await save(stranger, id, 'personal', view)).toMatchObject(refused('not_found'));
    expect(await stranger.command('library.delete', { itemId: id })).toMatchObject(refused('not_found'));
    expect(await inSnapshot(stranger)).toEqual([]);
    expect(await heard(stranger)).toEqual([]);
  }
  expect(await heard(maya)).toEqual([[id, false]]);
  expect(await maya.command('library.delete', { itemId: newId() })).toMatchObject(refused('not_found'));
  expect(await save(maya, id, 'personal', reply('x'))).toMatchObject(refused('conflict'));
  await save(supervisor, newId(), 'team', reply('x'));
});

test('a personal thing of a supervisor does not become the team’s by saving', async () => {
  const id = newId();
  await save(supervisor, id, 'personal', reply('x'));
  expect(await save(supervisor, id, 'team', reply('x'))).toMatchObject(refused('conflict'));
});

test('one pin for each conversation and user: the later one takes the place of the first', async () => {
  const conversationId = kit.inbound('1', 'x');
  const pin = { kind: 'pin', conversationId };
  const [first, second] = [newId(), newId()];
  expect(await save(maya, first, 'personal', pin)).toMatchObject({ ok: true });
  expect(await save(maya, second, 'personal', pin)).toMatchObject({ ok: true });
  expect(await heard(maya)).toEqual([
    [first, false],
    [first, true],
    [second, false],
  ]);
  expect(await inSnapshot(maya)).toEqual([second]);
  expect(await save(tom, newId(), 'personal', pin)).toMatchObject({ ok: true });
  expect(await maya.command('library.delete', { itemId: second })).toMatchObject({ ok: true });
  expect(await save(maya, first, 'personal', pin)).toMatchObject({ ok: true });
  expect(await inSnapshot(maya)).toEqual([first]);
});

test('a pin is personal, and only on what the user sees', async () => {
  const conversationId = kit.inbound('1', 'x');
  const pin = { kind: 'pin', conversationId };
  expect(await save(supervisor, newId(), 'team', pin)).toMatchObject(refused('invalid'));
  await tom.command('conversation.assign', { conversationId, assigneeId: kit.tom.id });
  expect(await save(maya, newId(), 'personal', pin)).toMatchObject(refused('not_found'));
  expect(await save(maya, newId(), 'personal', { kind: 'pin', conversationId: newId() })).toMatchObject(
    refused('not_found'),
  );
});

test('another workspace’s things do not exist here', async () => {
  const { store } = kit.gateway;
  const foreign = store.createWorkspace('Another company');
  const id = newId();
  store.library.save(
    foreign.ws,
    {
      id,
      scope: 'team',
      ownerId: 'x',
      content: { kind: 'canned_reply', shortcut: 'a', title: 'A', folder: '', body: 'theirs' },
      deleted: false,
    },
    Date.now(),
  );
  expect(await save(supervisor, id, 'team', reply('mine'))).toMatchObject(refused('not_found'));
  expect(await supervisor.command('library.delete', { itemId: id })).toMatchObject(refused('not_found'));
  expect(await inSnapshot(supervisor)).toEqual([]);
});
