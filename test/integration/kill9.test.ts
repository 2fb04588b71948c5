/**
 * kill -9 of the real application (electron/loopback/start.ts), KILLS times while it sends and receives, driven as its page does:
 * calls through the contract.
 *
 * Afterwards: every message whose `message.send` was answered has reached its customer exactly once and in order, everything that
 * customers wrote is in the cache exactly once, the cache is what the gateway has, and the file is whole (integrity_check).
 *
 * kill -9 does not take the operating system's page cache along, so this says nothing about power loss; the cache's own tests cut
 * its write-ahead log for that.
 */
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/contract/settings.ts';
import { openCache } from '../../electron/cache/open.ts';
import { scratch, startApp } from '../support/app-process.ts';
import type { AppProcess, Page } from '../support/app-process.ts';
import { WORKERS } from '../support/desktop.ts';
import { PASSWORD, startKit } from '../support/gateway-kit.ts';
import type { Kit } from '../support/gateway-kit.ts';
import { expectSame, gatewayState } from '../support/gateway-state.ts';
import { integrityOf } from '../support/integrity.ts';
import { inbox, online, signInAs } from '../support/page-steps.ts';
import { createRecordingProvider } from '../support/recording-provider.ts';
import type { RecordingProvider } from '../support/recording-provider.ts';
import { until } from '../support/until.ts';

const KILLS = Number(process.env['PARLEY_KILLS'] ?? 20);
const CUSTOMERS = ['4911', '4922', '4933', '4944'];

type Written = Map<string, { text: string; sure: boolean }[]>;

let kit: Kit;
let provider: RecordingProvider;
let place: Awaited<ReturnType<typeof scratch>>;
let app: AppProcess | null = null;
let arriving: NodeJS.Timeout | undefined;

beforeEach(async () => {
  provider = createRecordingProvider();
  kit = await startKit({ providers: [provider.factory] });
  place = await scratch();
});

afterEach(async () => {
  clearInterval(arriving);
  await app?.stop('SIGKILL');
  await kit.close();
  await place.remove();
});

async function start(): Promise<Page> {
  app = await startApp(['--key', 'file', '--gateway', kit.gateway.url, '--user-data', place.userData], {
    ...place,
    // Started many times over: what Node compiled once need not be compiled again.
    env: { NODE_COMPILE_CACHE: path.join(tmpdir(), 'parley-test-compile-cache') },
  });
  return app.page();
}

test(
  `killed ${KILLS} times: nothing acknowledged is lost, nothing doubled`,
  { timeout: 600_000 },
  async () => {
    const conversations = new Map(CUSTOMERS.map((from) => [from, kit.inbound(from, 'Hello?')]));
    let asked = CUSTOMERS.length;
    arriving = setInterval(() => {
      kit.inbound(CUSTOMERS[asked % CUSTOMERS.length]!, `question ${asked}`);
      asked += 1;
    }, 10);

    const written: Written = new Map(CUSTOMERS.map((to) => [to, []]));
    for (let killed = 0; killed < KILLS; killed += 1) {
      const page = await start();
      if (killed === 0) {
        await signInAs(page, kit.gateway.url, kit.maya.email, PASSWORD);
        // What is sent leaves at once: the process is to die while it is on its way.
        await page.call('settings.save', { ...DEFAULT_SETTINGS, undoSendSeconds: 0 });
      }
      expect((await page.state()).phase).toBe('ready');
      await writeUntilDead(page, conversations, written, 3 + ((killed * 7) % 40));
    }
    clearInterval(arriving);

    const last = await start();
    await online(last);
    const left = async () => {
      const { unsent } = await last.connection();
      const { head } = kit.gateway.store.log.ends(kit.ws);
      const { cursor, outbox } = await last.call('diagnostics.get', {});
      return {
        unsent,
        outbox,
        behind: head - cursor,
        undelivered: kit.gateway.store.outbound.heads(1).length,
      };
    };
    await until(
      'everything is sent, delivered and read back',
      async () => Object.values(await left()).every((count) => count === 0),
      { limitMs: 120_000, seen: left },
    );
    expect(await inbox(last)).toHaveLength(CUSTOMERS.length);
    expect(await app?.stop()).toBe(0);

    let sure = 0;
    for (const [to, entries] of written) {
      const got = provider.to(to);
      // Exactly what was written, in order, but for those few whose writing was cut off and that nobody was told of.
      const unsure = new Set(entries.filter((entry) => !entry.sure).map(({ text }) => text));
      expect(got.filter((text) => !unsure.has(text))).toEqual(
        entries.filter((entry) => entry.sure).map(({ text }) => text),
      );
      expect(got).toEqual(entries.map(({ text }) => text).filter((text) => got.includes(text)));
      sure += entries.length - unsure.size;
    }
    const key = await readFile(path.join(place.userData, 'keys', 'key'));
    const file = path.join(place.userData, 'cache', 'parley.db');
    const cache = await openCache({ file, key, workers: WORKERS, readers: 1 });
    const dump = await cache.read.dump();
    await cache.close();
    expect(dump.messages.filter((message) => message.direction === 'in')).toHaveLength(asked);
    expectSame(dump, await gatewayState(await kit.connect(kit.maya)));
    expect(integrityOf(file, key)).toEqual({ integrity: 'ok', search: 'ok' });
    console.log(`kill9: ${KILLS} kills, ${sure} acknowledged messages sent, ${asked} received`);
    // A run in which hardly anything happened would prove nothing.
    expect(sure).toBeGreaterThanOrEqual(3 * KILLS);
  },
);

/**
 * Writes one message after the other until the process is dead. It is killed after `acknowledged` of them, at an odd moment: while
 * it catches up, sends, or settles.
 */
async function writeUntilDead(
  page: Page,
  conversations: ReadonlyMap<string, string>,
  written: Written,
  acknowledged: number,
): Promise<void> {
  const pid = app?.pid ?? 0;
  const dead = page.closed.then(() => null);
  for (let turn = 0; ; turn += 1) {
    if (turn === acknowledged) setTimeout(() => process.kill(pid, 'SIGKILL'), acknowledged % 8);
    const to = CUSTOMERS[turn % CUSTOMERS.length]!;
    const entries = written.get(to)!;
    const entry = { text: `answer ${entries.length} to ${to}`, sure: false };
    entries.push(entry);
    const input = {
      conversationId: conversations.get(to)!,
      content: { kind: 'text' as const, body: entry.text },
      quotedMessageId: null,
      sendAt: null,
      seenRev: null,
    };
    const answer = await Promise.race([page.ask('message.send', input), dead]);
    if (answer === null) break;
    expect(answer.ok).toBe(true);
    entry.sure = true;
  }
  await until('the process is gone', () => !isThere(pid));
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
