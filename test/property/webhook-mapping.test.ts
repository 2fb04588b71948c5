/**
 * Invariant: whatever bytes a signed webhook holds, the mapping answers with facts that fit the domain's schemas, and never
 * throws. Payloads are mutated at random places, or made from nothing.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Identity, MarketingConsent } from '../../shared/domain/contact.ts';
import { MessageContent } from '../../shared/domain/message-content.ts';
import { DeliveryError } from '../../shared/domain/message-status.ts';
import type { ProviderFact } from '../../gateway/providers/provider.ts';
import { mapPayload } from '../../gateway/providers/whatsapp-cloud/payload.ts';

const routing = { channelOfNumber: () => 'channel', channelsOfAccount: () => ['channel'] };
const NOW = 1_800_000_000_000;
const seed = Number(process.env['PARLEY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const run = { seed, numRuns: 2_000 };
console.info(`webhook-mapping: PARLEY_SEED=${seed}`);

const folder = path.resolve(import.meta.dirname, '../../../shared/data/whatsapp-cloud/webhooks');

const SKELETONS: unknown[] = [
  'text',
  'image',
  'audio',
  'sticker',
  'location',
  'contacts',
  'order',
  'button',
  'interactive',
  'reaction',
  'edit',
  'revoke',
  'system',
  'unsupported',
].map((type) => ({
  entry: [
    {
      id: '1',
      changes: [
        {
          field: 'messages',
          value: {
            metadata: { phone_number_id: '100' },
            contacts: [{ wa_id: '4915112345678', user_id: 'DE.1', profile: { name: 'A' } }],
            messages: [
              {
                id: 'w',
                from: '4915112345678',
                type,
                timestamp: '1790000000',
                [type]: { id: 'x', body: 'y' },
              },
            ],
            statuses: [{ id: 'w', status: 'read', timestamp: '1790000000' }],
            calls: [{ id: 'c', event: 'terminate', timestamp: '1790000000' }],
          },
        },
      ],
    },
  ],
}));

/** Replaces, drops or doubles what is at a random place. */
function mutate(value: unknown, picks: number[], junk: unknown): unknown {
  const [pick = 0, ...rest] = picks;
  if (rest.length === 0 || typeof value !== 'object' || value === null) return junk;
  if (Array.isArray(value)) {
    if (value.length === 0) return [junk];
    const at = pick % value.length;
    return value.flatMap((item: unknown, index) =>
      index === at ? [mutate(item, rest, junk), ...(pick % 7 === 0 ? [item] : [])] : [item],
    );
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return junk;
  const key = keys[pick % keys.length]!;
  const { [key]: at, ...others } = value as Record<string, unknown>;
  return pick % 11 === 0 ? others : { ...others, [key]: mutate(at, rest, junk) };
}

function check(payload: unknown): void {
  for (const fact of mapPayload(payload, routing, NOW).facts) checkFact(fact);
}

function checkFact(fact: ProviderFact): void {
  expect(fact.channelId).toBe('channel');
  if ('content' in fact) MessageContent.parse(fact.content);
  if ('party' in fact) Identity.parse(fact.party.identity);
  if (fact.type === 'identity') Identity.parse(fact.previous);
  if (fact.type === 'consent') MarketingConsent.parse(fact.consent);
  if (fact.type === 'status' && fact.error !== null) DeliveryError.parse(fact.error);
  for (const time of ['at' in fact ? fact.at : NOW, 'sentAt' in fact ? fact.sentAt : NOW]) {
    expect(Number.isSafeInteger(time) && time >= 0).toBe(true);
  }
}

const junk = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('', null, -1, 1e308, '\u0000', '99999999999', '4915112345678'),
);
const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 });

test('anything at all', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      check(value);
      check({ entry: [{ id: '1', changes: [{ field: 'messages', value }] }] });
    }),
    run,
  );
});

test('payloads of every kind with something broken in them', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SKELETONS), picks, junk, (skeleton, where, what) => {
      check(mutate(skeleton, where, what));
    }),
    run,
  );
});

test.skipIf(!existsSync(folder))(
  'recorded payloads with something broken in them (skipped without ../shared/data)',
  () => {
    const recorded = readdirSync(folder).flatMap((file) =>
      Object.values(JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<string, unknown>),
    );
    expect(recorded.length).toBeGreaterThan(60);
    for (const payload of recorded) check(payload);
    fc.assert(
      fc.property(fc.constantFrom(...recorded), picks, junk, (payload, where, what) => {
        check(mutate(payload, where, what));
      }),
      run,
    );
  },
);
