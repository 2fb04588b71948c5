import { expect, test } from 'vitest';
import { channelFields } from '../../test/support/gateway-kit.ts';
import { bulkInsert } from './bulk.ts';
import { openStore } from './store.ts';

/** A store with an agent and a team that has `count` conversations. */
function storeWith(count: number) {
  const store = openStore(':memory:');
  const { ws } = store.createWorkspace('A');
  const channel = store.channels.create(ws, channelFields('C', '1', null));
  const fields = { name: 'Ann', email: 'ann@test.example', role: 'agent' as const, passwordHash: '' };
  const agent = store.people.createUser(ws, fields);
  const team = store.teams.save(ws, { name: 'Service', memberIds: [] });
  const item = (index: number) => ({
    channelId: channel.id,
    contact: { name: `Customer ${index}`, identities: [] },
    conversation: { teamId: team.id },
    messages: [],
  });
  bulkInsert(
    store,
    ws,
    Array.from({ length: count }, (_, index) => item(index)),
    { log: false },
  );
  const told = (work: () => void) => {
    const { head } = store.log.ends(ws);
    work();
    return [...store.log.after(ws, head, 5_000)].map((row) => [row.type, row.addressee]);
  };
  const set = (memberIds: string[]) =>
    told(() => store.teams.save(ws, { id: team.id, name: 'Service', memberIds }));
  return { store, ws, agent, team, channel, set };
}

test('each conversation that comes or goes is told, to that person alone', () => {
  const { store, agent, set } = storeWith(3);
  const change = ['team.changed', null];
  expect(set([agent.id, agent.id])).toEqual([change, ...Array(3).fill(['conversation.granted', agent.id])]);
  expect(set([agent.id])).toEqual([change]);
  expect(set([])).toEqual([change, ...Array(3).fill(['conversation.withdrawn', agent.id])]);
  store.close();
});

test('very many are not told one by one: a new first sync is less work', () => {
  const { store, agent, set } = storeWith(1_001);
  expect(set([agent.id])).toEqual([
    ['team.changed', null],
    ['access.changed', agent.id],
  ]);
  store.close();
});

test('who sees it anyway is told of the team alone', () => {
  const { store, ws, agent, set } = storeWith(2);
  store.people.setAgentVisibility(ws, 'all');
  expect(set([agent.id])).toEqual([['team.changed', null]]);
  store.people.setAccess(agent.id, { role: 'supervisor' });
  store.people.setAgentVisibility(ws, 'assigned_and_queue');
  expect(set([])).toEqual([['team.changed', null]]);
  store.close();
});

test('the place of a member in the log is the number with which it joined', () => {
  const { store, ws, agent, team, channel, set } = storeWith(1);
  set([agent.id]);
  const viewer = store.people.viewer(agent.id);
  const [talk] = store.conversations.ofTeam(team.id, 1);
  expect(viewer?.teams.get(team.id)).toBe(store.teams.get(ws, team.id)?.rev);
  expect(talk).toMatchObject({ teamId: team.id, channelId: channel.id });
  store.close();
});
