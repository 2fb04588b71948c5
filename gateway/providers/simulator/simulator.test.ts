import { expect, test } from 'vitest';
import type { Channel } from '../../../shared/domain/channel.ts';
import type { Message } from '../../../shared/domain/message.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { MessageContent } from '../../../shared/domain/message-content.ts';
import type { ProviderFact, RawPayload } from '../provider.ts';
import type { CastMember } from './cast.ts';
import { manualClock } from './clock.ts';
import { createSimulator } from './simulator.ts';

const NOW = 1_800_000_000_000;
const channel = { id: 'showroom' } as Channel;

function member(index: number, temper: CastMember['temper'] = 'quick'): CastMember {
  const externalId = `4915100000${index}`;
  return {
    channelId: channel.id,
    party: {
      identity: {
        channelKind: 'whatsapp',
        externalId,
        parentExternalId: null,
        phone: `+${externalId}`,
        username: null,
      },
      name: `Customer ${index}`,
    },
    textOnly: false,
    temper,
    openers: ['Is it in stock?'],
    replies: ['Yes please'],
    thanks: ['Thanks'],
  };
}

function play(options: { seed?: number; lively?: boolean; cast?: CastMember[] } = {}) {
  const clock = manualClock(NOW);
  const facts: (ProviderFact & { told: number })[] = [];
  const payloads: RawPayload[] = [];
  const typing: { externalId: string; typing: boolean }[] = [];
  const cast = options.cast ?? [member(1), member(2), member(3)];
  const simulator = createSimulator(
    {
      cast,
      ingest: (told, raw) => {
        payloads.push(raw);
        facts.push(...told.map((fact) => ({ ...fact, told: clock.now() - NOW })));
      },
      typing: (signal) => {
        typing.push({ externalId: signal.identity.externalId, typing: signal.typing });
      },
    },
    { seed: options.seed ?? 7, clock, lively: options.lively ?? false },
  );
  const send = (to: CastMember, body: string, key: string) =>
    simulator.send({
      channel,
      to: to.party.identity,
      message: { content: { kind: 'text', body } } as Message,
      quotedProviderId: null,
      idempotencyKey: key,
    });
  return { clock, facts, payloads, typing, cast, simulator, send };
}

test('a message arrives once, however often it is sent with the same key', async () => {
  const { simulator, send, cast } = play();
  const [ada] = cast as [CastMember];
  const first = await send(ada, 'one', 'k1');
  expect(await send(ada, 'one', 'k1')).toEqual(first);
  await send(ada, 'two', 'k2');
  expect(simulator.received(ada.party.identity).map(({ idempotencyKey }) => idempotencyKey)).toEqual([
    'k1',
    'k2',
  ]);
  await simulator.close();
});

test('the ticks go from delivered to read, and nobody answers unless lively', async () => {
  const { send, cast, facts, clock, simulator } = play();
  await send((cast as [CastMember])[0], 'hello', 'k1');
  clock.advance(10 * MINUTE);
  expect(facts.map((fact) => (fact.type === 'status' ? fact.status : fact.type))).toEqual([
    'delivered',
    'read',
  ]);
  expect(clock.pending()).toBe(0);
  await simulator.close();
});

test('a silent customer gets everything and reads nothing', async () => {
  const silent = member(1, 'silent');
  const { send, facts, clock } = play({ cast: [silent], lively: true });
  await send(silent, 'hello', 'k1');
  clock.advance(10 * MINUTE);
  expect(facts.map((fact) => (fact.type === 'status' ? fact.status : fact.type))).toEqual(['delivered']);
});

test('who was written to types and then answers', async () => {
  const { send, cast, facts, typing, clock } = play({ lively: true, cast: [member(1)] });
  const [ada] = cast as [CastMember];
  await send(ada, 'hello', 'k1');
  clock.advance(MINUTE);
  const said = facts.filter((fact) => fact.type === 'message');
  expect(said).toMatchObject([{ direction: 'in', content: { kind: 'text', body: 'Yes please' } }]);
  expect(typing).toEqual([
    { externalId: ada.party.identity.externalId, typing: true },
    { externalId: ada.party.identity.externalId, typing: false },
  ]);
});

test('the inbox stays alive: something every few seconds, of every sort, and always in a form that fits', async () => {
  const { simulator, facts, payloads, clock, send, cast } = play({ lively: true });
  await send((cast as [CastMember])[0], 'hello', 'k1');
  simulator.start();
  clock.advance(60 * MINUTE);
  expect(facts.length).toBeGreaterThan(200);
  const gaps = facts.slice(1).map((fact, index) => fact.told - (facts[index]?.told ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(30_000);
  expect(new Set(facts.map((fact) => fact.type))).toEqual(
    new Set(['message', 'status', 'edit', 'delete', 'reaction']),
  );
  const kinds = new Set<string>();
  for (const fact of facts) {
    if (!('content' in fact)) continue;
    MessageContent.parse(fact.content);
    kinds.add(fact.content.kind);
  }
  expect(kinds).toEqual(new Set(['text', 'image', 'voice', 'sticker', 'document']));
  expect(new Set(payloads.map(({ body }) => body)).size).toBe(payloads.length);
  const ids = facts.flatMap((fact) => (fact.type === 'message' ? [fact.providerId] : []));
  expect(new Set(ids).size).toBe(ids.length);
  await simulator.close();
  expect(clock.pending()).toBe(0);
});

test('who is not answered asks no more than a few times, and never the same twice', async () => {
  const cast = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => ({
    ...member(number),
    openers: ['Hello?', 'Are you there?', 'Is it in stock?', 'And in black?'],
  }));
  const { simulator, facts, clock } = play({ lively: true, cast });
  simulator.start();
  clock.advance(2 * MINUTE);
  const said = new Map<string, string[]>();
  for (const fact of facts) {
    if (fact.type !== 'message' || fact.content.kind !== 'text') continue;
    const { externalId } = fact.party.identity;
    said.set(externalId, [...(said.get(externalId) ?? []), fact.content.body]);
  }
  expect(said.size).toBeGreaterThan(3);
  for (const bodies of said.values()) {
    expect(bodies.length).toBeLessThanOrEqual(4);
    expect(new Set(bodies).size).toBe(bodies.length);
  }
  await simulator.close();
});

test('the same seed plays the same hour, another seed another', () => {
  const hour = (seed: number) => {
    const { simulator, facts, clock } = play({ seed, lively: true });
    simulator.start();
    clock.advance(30 * MINUTE);
    return JSON.stringify(facts);
  };
  expect(hour(1)).toBe(hour(1));
  expect(hour(1)).not.toBe(hour(2));
});

test('somebody who is not in the cast receives and reads', async () => {
  const { send, facts, clock, simulator } = play({ lively: true, cast: [] });
  const outsider = member(9);
  await send(outsider, 'hello', 'k1');
  simulator.start();
  clock.advance(10 * MINUTE);
  expect(facts.map((fact) => (fact.type === 'status' ? fact.status : fact.type))).toEqual([
    'delivered',
    'read',
  ]);
});

test('nothing happens after the end', async () => {
  const { send, cast, facts, clock, simulator } = play({ lively: true });
  simulator.start();
  await send((cast as [CastMember])[0], 'hello', 'k1');
  await simulator.close();
  clock.advance(10 * MINUTE);
  expect(facts).toEqual([]);
});
