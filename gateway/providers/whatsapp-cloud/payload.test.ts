import { expect, test } from 'vitest';
import type { ProviderFact } from '../provider.ts';
import { mapPayload } from './payload.ts';
import type { Routing } from './payload.ts';

const routing: Routing = {
  channelOfNumber: (id) => (id === '100' ? 'sales' : null),
  channelsOfAccount: (id) => (id === 'waba' ? ['sales'] : []),
};
const ADA = {
  wa_id: '4915112345678',
  user_id: 'DE.55501',
  parent_user_id: 'DE.ENT.77',
  profile: { name: 'Ada' },
};
const NOW = 1_800_000_000_000;

function payload(value: Record<string, unknown>, field = 'messages', number = '100') {
  const metadata = { phone_number_id: number, display_phone_number: '49301' };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: 'waba', changes: [{ field, value: { metadata, contacts: [ADA], ...value } }] }],
  };
}

function message(item: Record<string, unknown>) {
  return { from: ADA.wa_id, id: 'wamid.1', timestamp: '1790000000', ...item };
}

function mapped(body: unknown) {
  return mapPayload(body, routing, NOW);
}

function only<T extends ProviderFact['type']>(body: unknown, type: T): Extract<ProviderFact, { type: T }> {
  const found = mapped(body).facts.filter((fact) => fact.type === type);
  expect(found).toHaveLength(1);
  return found[0] as Extract<ProviderFact, { type: T }>;
}

test('a message comes with its person, and with the two ids of that person linked before it', () => {
  const { facts } = mapped(payload({ messages: [message({ type: 'text', text: { body: 'Hallo' } })] }));
  expect(facts.map((fact) => fact.type)).toEqual(['identity', 'message']);
  expect(facts[0]).toMatchObject({
    previous: { externalId: 'DE.55501' },
    party: {
      identity: { externalId: '4915112345678', phone: '+4915112345678', parentExternalId: 'DE.ENT.77' },
    },
  });
  expect(facts[1]).toMatchObject({
    channelId: 'sales',
    direction: 'in',
    party: { name: 'Ada' },
    sentAt: 1_790_000_000_000,
    content: { kind: 'text', body: 'Hallo' },
  });
});

test('a person whose number is hidden is known by the user id', () => {
  const contact = { user_id: 'DE.55501', profile: { name: 'Ada', username: 'ada' } };
  const item = {
    from_user_id: 'DE.55501',
    id: 'wamid.1',
    timestamp: '1790000000',
    type: 'text',
    text: { body: 'x' },
  };
  const fact = only(payload({ contacts: [contact], messages: [item] }), 'message');
  expect(fact.party.identity).toEqual({
    channelKind: 'whatsapp',
    externalId: 'DE.55501',
    parentExternalId: null,
    phone: null,
    username: 'ada',
  });
});

test('a kind that nobody knows yet stays visible, under the word of the provider', () => {
  const result = mapped(payload({ messages: [message({ type: 'hologram', hologram: { depth: 3 } })] }));
  expect(result.facts.at(-1)).toMatchObject({ content: { kind: 'unknown', type: 'hologram', rawId: null } });
  expect(result.reports).toEqual([{ kind: 'unknown_message_type', field: 'messages', detail: 'hologram' }]);
});

test('a known kind with strange insides is not lost either', () => {
  const fact = only(payload({ messages: [message({ type: 'image', image: { id: null } })] }), 'message');
  expect(fact.content).toMatchObject({ kind: 'unknown', type: 'image' });
});

test('one bad message does not take its neighbours along', () => {
  const good = message({ type: 'text', text: { body: 'still here' } });
  const { facts, reports } = mapped(payload({ messages: [{ id: 7 }, null, good] }));
  expect(facts.filter((fact) => fact.type === 'message')).toHaveLength(1);
  expect(reports.filter((report) => report.kind === 'misfit')).toHaveLength(2);
});

test('a redelivery has the same key; another type, time or text under the same id has another', () => {
  const key = (item: Record<string, unknown>) =>
    only(payload({ messages: [message(item)] }), 'message').dedupKey;
  const first = key({ type: 'text', text: { body: 'a' } });
  expect(key({ type: 'text', text: { body: 'a' } })).toBe(first);
  expect(key({ type: 'text', text: { body: 'b' } })).not.toBe(first);
  expect(key({ type: 'text', text: { body: 'a' }, timestamp: '1790000001' })).not.toBe(first);
  expect(key({ type: 'button', button: { text: 'a' } })).not.toBe(first);
});

test('a time that cannot be becomes the time of arrival', () => {
  for (const timestamp of [undefined, 'soon', '99999999999999', -1, {}]) {
    const fact = only(
      payload({ messages: [message({ type: 'text', text: { body: 'x' }, timestamp })] }),
      'message',
    );
    expect(fact.sentAt).toBe(NOW);
  }
});

test('an edit keeps its person, so that it survives without the original', () => {
  const edit = { original_message_id: 'wamid.0', message: { type: 'text', text: { body: 'better' } } };
  const fact = only(payload({ messages: [message({ type: 'edit', edit })] }), 'edit');
  expect(fact).toMatchObject({
    providerId: 'wamid.0',
    content: { kind: 'text', body: 'better' },
    orphan: { direction: 'in', party: { identity: { externalId: ADA.wa_id } } },
  });
});

test('an echo is a message of ours to the customer', () => {
  const echo = {
    from: '49301',
    to: ADA.wa_id,
    id: 'wamid.e',
    timestamp: '1790000000',
    type: 'text',
    text: { body: 'x' },
  };
  const fact = only(payload({ message_echoes: [echo] }, 'smb_message_echoes'), 'message');
  expect(fact).toMatchObject({ direction: 'out', party: { identity: { externalId: ADA.wa_id } } });
});

test('a call rings, and its end is told even when the beginning was never heard', () => {
  const call = {
    id: 'wacid.1',
    from: ADA.wa_id,
    to: '49301',
    direction: 'USER_INITIATED',
    timestamp: '1790000000',
  };
  const begin = only(payload({ calls: [{ ...call, event: 'connect' }] }, 'calls'), 'message');
  const end = payload(
    { calls: [{ ...call, event: 'terminate', status: 'COMPLETED', duration: 12 }] },
    'calls',
  );
  expect(begin.content).toEqual({ kind: 'call', state: 'ringing', video: false, durationMs: null });
  expect(only(end, 'message').dedupKey).toBe(begin.dedupKey);
  expect(only(end, 'edit').content).toMatchObject({ state: 'ended', durationMs: 12_000 });
  const missed = payload({ calls: [{ ...call, event: 'terminate', status: 'COMPLETED' }] }, 'calls');
  expect(only(missed, 'edit').content).toMatchObject({ state: 'missed' });
});

test('a new number is the same person', () => {
  const system = { type: 'user_changed_number', wa_id: '4915199999999', body: 'changed' };
  const body = payload({ contacts: undefined, messages: [message({ type: 'system', system })] });
  expect(only(body, 'identity')).toMatchObject({
    previous: { externalId: '4915112345678' },
    party: { identity: { externalId: '4915199999999' } },
  });
  expect(only(body, 'message').content).toMatchObject({ kind: 'system', event: 'number_changed' });
});

test('a number that nobody has, and an account that nobody has, are reported and nothing else', () => {
  const text = message({ type: 'text', text: { body: 'x' } });
  expect(mapped(payload({ messages: [text] }, 'messages', '999'))).toEqual({
    facts: [],
    reports: [{ kind: 'unrouted_number', field: 'messages', detail: '999' }],
  });
  const foreign = {
    entry: [{ id: 'other', changes: [{ field: 'account_update', value: { event: 'ACCOUNT_DELETED' } }] }],
  };
  expect(mapped(foreign).reports).toEqual([
    { kind: 'unrouted_account', field: 'account_update', detail: 'other' },
  ]);
});

test('things that are no payload at all make one report and no facts', () => {
  for (const body of [
    null,
    1,
    'x',
    [],
    {},
    { entry: 1 },
    { entry: [null] },
    { entry: [{ changes: [{}] }] },
  ]) {
    const result = mapped(body);
    expect(result.facts).toEqual([]);
    expect(result.reports.length).toBeLessThanOrEqual(1);
  }
});

test('a report never carries what somebody wrote', () => {
  const { reports } = mapped(payload({ messages: [message({ type: 'a\nb<script>'.repeat(9) })] }));
  expect(reports[0]?.detail).toMatch(/^[\w .:?-]{1,80}$/u);
});
