/** Recorded WhatsApp payloads of ../shared/data, and a real gateway to post them to. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { signatureOf } from '../../gateway/providers/whatsapp-cloud/signature.ts';
import type { Message } from '../../shared/domain/message.ts';
import { parseEvent } from '../../shared/protocol/events.ts';
import type { DomainEvent } from '../../shared/protocol/events.ts';
import { channelFields, startKit } from './gateway-kit.ts';
import type { Desktop, Kit } from './gateway-kit.ts';

export const folder = path.resolve(import.meta.dirname, '../../../shared/data/whatsapp-cloud/webhooks');
export const NUMBER = '1122334455667';
export const SECRET = 'the app secret';

type Recorded = { file: string; name: string; payload: unknown };

/** All payloads of one file, or of all files. Some sit one level deeper than the others. */
export function recorded(only?: string): Recorded[] {
  return readdirSync(folder)
    .filter((file) => only === undefined || file === `${only}.json`)
    .flatMap((file) => {
      const cases = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<
        string,
        Record<string, unknown>
      >;
      return Object.entries(cases).flatMap(([name, payload]) => [
        { file, name, payload },
        ...Object.entries(payload)
          .filter(
            ([key, inner]) =>
              key !== 'entry' && typeof inner === 'object' && inner !== null && 'entry' in inner,
          )
          .map(([key, inner]) => ({ file, name: `${name}.${key}`, payload: inner })),
      ]);
    });
}

export function payloadOf(file: string, name: string): unknown {
  const found = recorded(file).find((item) => item.name === name);
  if (found === undefined) throw new Error(`${file} has no ${name}`);
  return found.payload;
}

/** The same payload for our number. */
export function readdressed(payload: unknown): unknown {
  return JSON.parse(
    JSON.stringify(payload).replace(/"phone_number_id":\s*"[^"]*"/gu, `"phone_number_id":"${NUMBER}"`),
  );
}

export async function startHere() {
  const kit = await startKit({ webhookSecret: SECRET, verifyToken: 'verify' });
  kit.gateway.store.channels.create(kit.ws, {
    ...channelFields('WhatsApp', NUMBER, 24),
    provider: 'whatsapp-cloud',
  });
  const desktop = await kit.connect(kit.owner);
  await desktop.subscribe(kit.gateway.store.log.ends(kit.ws).head);
  return { kit, desktop };
}

export async function post(kit: Kit, payload: unknown): Promise<number> {
  const body = JSON.stringify(payload);
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body, SECRET) };
  return (await kit.http('POST', '/v1/webhooks/whatsapp', { body, headers })).status;
}

/** What the payload made: everything that the desktop gets up to the log's new end. */
export async function eventsOf(kit: Kit, desktop: Desktop, payload: unknown): Promise<DomainEvent[]> {
  const before = kit.gateway.store.log.ends(kit.ws).head;
  expect(await post(kit, payload)).toBe(200);
  const { head } = kit.gateway.store.log.ends(kit.ws);
  await expect
    .poll(() => desktop.cursor(), { interval: 5 })
    .toBeGreaterThanOrEqual(head === before ? 0 : head);
  return desktop
    .events()
    .filter((event) => event.seq > before)
    .map((raw) => {
      const parsed = parseEvent(raw);
      if (!parsed.ok) throw new Error(`an event that does not fit: ${parsed.issue}`);
      return parsed.event;
    });
}

export const created = (events: DomainEvent[]): Message[] =>
  events.flatMap((event) => (event.type === 'message.created' ? [event.data.message] : []));
export const head = (kit: Kit): number => kit.gateway.store.log.ends(kit.ws).head;
