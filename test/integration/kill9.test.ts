/**
 * kill -9 of a real desktop process (real encrypted cache, sync engine and sockets), KILLS times while it sends and receives.
 *
 * Afterwards: everything that was acknowledged has reached its customer exactly once and in order, everything that customers wrote
 * is in the cache exactly once, the cache is what the gateway has, and the file is whole (integrity_check).
 *
 * kill -9 does not take the operating system's page cache along, so this says nothing about power loss; the cache's own tests cut
 * its write-ahead log for that.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../shared/domain/id.ts';
import { openDesktop } from '../support/desktop.ts';
import { DesktopDied, startDesktop } from '../support/desktop-process.ts';
import type { DesktopProcess } from '../support/desktop-process.ts';
import { integrityOf } from '../support/integrity.ts';
import { PASSWORD, startKit } from '../support/gateway-kit.ts';
import type { Kit } from '../support/gateway-kit.ts';
import { expectSame, gatewayState } from '../support/gateway-state.ts';
import { createRecordingProvider } from '../support/recording-provider.ts';
import type { RecordingProvider } from '../support/recording-provider.ts';
import { NO_FAULTS } from '../support/socket-faults.ts';
import { until } from '../support/until.ts';

const KILLS = Number(process.env['PARLEY_KILLS'] ?? 20);
const CUSTOMERS = ['4911', '4922', '4933', '4944'];

let kit: Kit;
let provider: RecordingProvider;
let folder: string;
let desktop: DesktopProcess | null = null;
let arriving: NodeJS.Timeout | undefined;

beforeEach(async () => {
  provider = createRecordingProvider();
  kit = await startKit({ providers: [provider.factory] });
  folder = await mkdtemp(path.join(tmpdir(), 'parley-kill9-'));
});

afterEach(async () => {
  clearInterval(arriving);
  await desktop?.kill();
  desktop = null;
  await kit.close();
  await rm(folder, { recursive: true, force: true });
});

test(
  `killed ${KILLS} times: nothing acknowledged is lost, nothing doubled`,
  { timeout: 180_000 },
  async () => {
    const conversations = new Map(CUSTOMERS.map((from) => [from, kit.inbound(from, 'Hello?')]));
    let asked = CUSTOMERS.length;
    arriving = setInterval(() => {
      kit.inbound(CUSTOMERS[asked % CUSTOMERS.length]!, `question ${asked}`);
      asked += 1;
    }, 3);

    const written = new Map<string, { text: string; sure: boolean }[]>(CUSTOMERS.map((to) => [to, []]));
    let killed = 0;
    while (killed < KILLS) {
      desktop = await startDesktop({
        folder,
        gateway: kit.gateway.url,
        email: kit.maya.email,
        password: PASSWORD,
        seed: killed,
        crash: null,
        faults: NO_FAULTS,
        hurry: 1,
        epoch: 0,
      });
      // The first sync must have brought the conversations before anybody can write in them.
      if (killed === 0)
        await until('online', async () => (await desktop!.status()).connection.state === 'online');
      await writeUntilDead(desktop, conversations, written, 3 + ((killed * 7) % 40));
      killed += 1;
    }
    clearInterval(arriving);

    const last = await openDesktop({
      folder,
      gateway: kit.gateway.url,
      email: kit.maya.email,
      password: PASSWORD,
    });
    try {
      await last.online();
      await last.drained();
      await until('everything is delivered and read back', async () => {
        const { head } = kit.gateway.store.log.ends(kit.ws);
        const idle = kit.gateway.store.outbound.heads(1).length === 0;
        return idle && (await last.cache.read.syncState()).cursor === head;
      });
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
      const dump = await last.cache.read.dump();
      expect(dump.messages.filter((message) => message.direction === 'in')).toHaveLength(asked);
      expectSame(dump, await gatewayState(await kit.connect(kit.maya)));
      console.log(`kill9: ${KILLS} kills, ${sure} acknowledged messages sent, ${asked} received`);
      // A run in which hardly anything happened would prove nothing.
      expect(sure).toBeGreaterThan(3 * KILLS - 1);
    } finally {
      await last.close();
    }
    expect(integrityOf(folder)).toEqual({ integrity: 'ok', search: 'ok' });
  },
);

/**
 * Writes one message after the other until the process is dead. It is killed after `acknowledged` of them, at an odd moment: while
 * it catches up, sends, or settles.
 */
async function writeUntilDead(
  dying: DesktopProcess,
  conversations: ReadonlyMap<string, string>,
  written: ReadonlyMap<string, { text: string; sure: boolean }[]>,
  acknowledged: number,
): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    if (turn === acknowledged) setTimeout(() => void dying.kill(), acknowledged % 8);
    const to = CUSTOMERS[turn % CUSTOMERS.length]!;
    const entries = written.get(to)!;
    const entry = { text: `answer ${entries.length} to ${to}`, sure: false };
    entries.push(entry);
    try {
      await dying.ask({
        call: 'enqueue',
        command: {
          id: newId(),
          type: 'message.send',
          data: {
            conversationId: conversations.get(to)!,
            messageId: newId(),
            content: { kind: 'text', body: entry.text },
            quotedMessageId: null,
          },
        },
      });
    } catch (error) {
      if (error instanceof DesktopDied) return;
      throw error;
    }
    entry.sure = true;
  }
}
