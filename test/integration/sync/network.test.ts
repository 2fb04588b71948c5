/** The sync engine through a bad network on the level of the wire (test/support/fault-proxy.ts): both ends are real and know of nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hastyClock, openDesktop } from '../../support/desktop.ts';
import { startFaultProxy } from '../../support/fault-proxy.ts';
import type { FaultProxy } from '../../support/fault-proxy.ts';
import { PASSWORD, startKit } from '../../support/gateway-kit.ts';
import type { Kit } from '../../support/gateway-kit.ts';
import { expectSame, gatewayState } from '../../support/gateway-state.ts';
import { createRecordingProvider } from '../../support/recording-provider.ts';
import type { RecordingProvider } from '../../support/recording-provider.ts';
import { createFaultySockets } from '../../support/socket-faults.ts';
import { until } from '../../support/until.ts';
import { connectSocketIo } from '../../../electron/sync/socket-io.ts';

const SEED = Number(process.env['PARLEY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

let provider: RecordingProvider;
let kit: Kit;
let folder: string;
let proxy: FaultProxy;

beforeEach(async () => {
  provider = createRecordingProvider();
  kit = await startKit({ providers: [provider.factory] });
  proxy = await startFaultProxy({ target: kit.gateway.url, seed: SEED });
  folder = await mkdtemp(path.join(tmpdir(), 'parley-network-'));
});

afterEach(async () => {
  await proxy.close();
  await kit.close();
  await rm(folder, { recursive: true, force: true });
});

test(`dropped, doubled, late, out of order, cut (seed ${SEED}): everything once and in order`, async () => {
  console.log(`network: PARLEY_SEED=${SEED}`);
  const customers = ['4911', '4922', '4933'];
  const conversations = new Map(customers.map((from) => [from, kit.inbound(from, 'Hello?')]));
  const desktop = await openDesktop({
    folder,
    gateway: proxy.url,
    email: kit.maya.email,
    password: PASSWORD,
    // Only for its short time limits: the faults are the proxy's.
    socketFactory: createFaultySockets(connectSocketIo, Math.random, 20).factory,
    clock: hastyClock(20),
  });
  try {
    await desktop.online();
    proxy.setFaults({ drop: 0.05, duplicate: 0.1, reorder: 0.1, cut: 0.02, delayMs: { min: 0, max: 5 } });
    for (let round = 0; round < 20; round += 1) {
      for (const [from, id] of conversations) {
        await desktop.send(id, `answer ${round}`);
        kit.inbound(from, `question ${round}`);
      }
      if (round === 10) {
        proxy.cut();
        await until('offline', () => desktop.sync.connection.state !== 'online');
        proxy.heal();
      }
    }
    await until('delivered', () => provider.sent.length >= 60, { limitMs: 120_000 });
    proxy.setFaults({ drop: 0, duplicate: 0, reorder: 0, cut: 0 });
    await desktop.drained();
    await until('the log was read', async () => {
      const { cursor } = await desktop.cache.read.syncState();
      const { store } = kit.gateway;
      return store.outbound.heads(1).length === 0 && cursor === store.log.ends(kit.ws).head;
    });
    for (const from of customers) {
      expect(provider.to(from)).toEqual(Array.from({ length: 20 }, (_, round) => `answer ${round}`));
    }
    expectSame(await desktop.cache.read.dump(), await gatewayState(await kit.connect(kit.maya)));
  } finally {
    await desktop.close();
  }
});
