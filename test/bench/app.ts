/** The product's application in this process, without a window: what is called is the contract, gate and schemas included. */
import { pino } from 'pino';
import type { Application } from '../../electron/app/application-types.ts';
import { createApplication } from '../../electron/app/application.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/calls.ts';
import type { ConnectionState } from '../../shared/contract/state.ts';
import type { Shell } from '../../electron/app/shell.ts';
import { parts } from '../../electron/loopback/parts.ts';
import { workers, type CacheData } from './files.ts';

export type App = {
  /** Rejects when the call is refused. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  application: Application;
  /** Resolves when the session with the gateway is up and nothing is behind. */
  online(): Promise<void>;
  /** The first sync is through: every page is committed. */
  synchronised(): Promise<void>;
  /** Every message is in the search index. */
  indexed(): Promise<void>;
  /** Resolves when nothing that was written waits for the gateway. */
  sent(): Promise<void>;
  /** Nothing is behind any more: online, and the cursor stands still. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

const shell: Shell = {
  kind: 'loopback',
  keychain: {
    status: () => Promise.resolve({ available: false, reason: 'bench' }),
    wrap: () => Promise.reject(new Error('no keychain')),
    unwrap: () => Promise.reject(new Error('no keychain')),
  },
  openLink: () => Promise.resolve(),
  openFile: () => Promise.resolve(),
  notify: () => true,
  withdrawNotifications: () => undefined,
  idleSeconds: () => null,
  setBadge: () => undefined,
  focusWindow: () => undefined,
  locale: () => 'en',
  onPower: () => () => undefined,
};

const POLL_MS = 20;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** An application on a user-data folder. `gateway`: where it connects to; without one it stays offline. */
export async function openApp(data: CacheData, options: { gateway?: string } = {}): Promise<App> {
  const application = createApplication({
    shell,
    parts,
    userDataDir: data.folder,
    workers,
    gateway: Promise.resolve({ url: options.gateway ?? null, prefill: null }),
    keyAnswer: 'file',
    log: pino({ enabled: false }),
    version: 'bench',
    checkOutputs: false,
  });
  let connection: ConnectionState = { state: 'idle' };
  let unsent = 0;
  const waiting = new Set<() => void>();
  application.onEvent((name, value) => {
    if (name !== 'connection') return;
    ({ connection, unsent } = value as { connection: ConnectionState; unsent: number });
    for (const look of waiting) look();
  });
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const call: App['call'] = async (name, input) => {
    const result = await application.call(name, input);
    if (!result.ok) throw new Error(`${name}: ${result.error.kind}: ${result.error.message}`);
    return result.value as CallOutput<typeof name>;
  };
  const online = (): Promise<void> => until(() => connection.state === 'online');
  await application.start();
  return {
    call,
    application,
    online,
    synchronised: online,
    async sent() {
      ({ unsent } = await call('connection.state', {}));
      await until(() => unsent === 0);
    },
    async indexed() {
      for (;;) {
        const { searched, total } = await call('search.query', {
          text: 'xyzzy',
          conversationId: null,
          limit: 1,
        });
        if (searched >= total) return;
        await pause(POLL_MS);
      }
    },
    async settled() {
      for (let before = -1; ;) {
        await online();
        const { cursor } = await call('diagnostics.get', {});
        if (cursor === before) return;
        before = cursor;
        await pause(POLL_MS * 5);
      }
    },
    close: () => application.close(),
  };
}
