/**
 * A lost device, or somebody else at it: the session ends at the gateway, now or as soon as it can be reached; what is here is locked,
 * or wiped, the key first. Three small files without names or texts: `lost.json` (the session has still to be ended), `wipe.json` (a wipe
 * is under way and is finished at the next start), `receipt.json`.
 */
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { LostReceipt } from '../../shared/contract/security.ts';
import { MINUTE, SECOND } from '../../shared/domain/time.ts';
import type { StoredSession } from '../cache/api.ts';
import type { Log } from './log.ts';
import type { Parts } from './parts.ts';

/** Folders of the user-data folder that hold anything of a workspace, the most telling first. */
const CONTENT = ['cache', 'media', 'opened', 'browser', 'backup'];
/** Milliseconds for the first try, before it is locked whatever the gateway does. */
const PATIENCE = 3 * SECOND;
const FIRST_RETRY = 5 * SECOND;
const LAST_RETRY = 5 * MINUTE;

export type Wiped = NonNullable<LostReceipt['wiped']>;

export type LostDevice = {
  receipt(): LostReceipt | null;
  dismiss(): Promise<void>;
  load(): Promise<void>;
  /** Whether a wipe was cut off. */
  wipeUnderWay(): Promise<boolean>;
  /** Whether the session of this device has still to be ended. */
  endsSession(): Promise<boolean>;
  /** Tells the gateway; goes on trying by itself. Resolves after the first try at the latest, with when it was told, or null. */
  endSession(session: StoredSession | null): Promise<number | null>;
  /** The session lies where nobody can read it now: it is ended as soon as it can be. */
  noteSession(): Promise<void>;
  noteWipe(): Promise<void>;
  /** Removes what is there and looks again. The keys are gone already: `keys` says how many files of them. */
  wipe(keys: number): Promise<Wiped>;
  write(receipt: LostReceipt): Promise<void>;
  stop(): void;
};

export type LostDeviceOptions = {
  parts: Pick<Parts, 'gatewayHttp' | 'writeAtomically'>;
  userDataDir: string;
  log: Log;
  now(): number;
};

export function createLostDevice(options: LostDeviceOptions): LostDevice {
  const { parts, userDataDir, log, now } = options;
  const file = (name: string) => path.join(userDataDir, name);
  let receipt: LostReceipt | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  /** A token that has run out is renewed once: it is the only way to end what it belongs to. */
  async function tell({ gateway, tokens }: StoredSession): Promise<boolean> {
    const http = parts.gatewayHttp(gateway);
    try {
      await http.signOut(tokens.accessToken);
      return true;
    } catch (error) {
      if (isUnreachable(error)) return false;
    }
    try {
      await http.signOut((await http.refresh(tokens.refreshToken)).accessToken);
      return true;
    } catch (error) {
      // Refused both times: the gateway knows of no such session.
      return !isUnreachable(error);
    }
  }

  async function told(): Promise<number> {
    const at = now();
    await rm(file('lost.json'), { force: true });
    if (receipt !== null && receipt.endedAt === null) await write({ ...receipt, endedAt: at });
    return at;
  }

  function again(session: StoredSession, wait: number): void {
    if (stopped) return;
    timer = setTimeout(() => {
      tell(session)
        .then((done) =>
          done ? told().then(() => undefined) : again(session, Math.min(wait * 2, LAST_RETRY)),
        )
        .catch((error: unknown) => {
          log.warn({ error }, 'the gateway was not told of a lost device');
          again(session, Math.min(wait * 2, LAST_RETRY));
        });
    }, wait);
    timer.unref();
  }

  async function write(next: LostReceipt): Promise<void> {
    receipt = next;
    await parts.writeAtomically(file('receipt.json'), `${JSON.stringify(next, null, 2)}\n`);
  }

  const noteSession = (): Promise<void> =>
    parts.writeAtomically(file('lost.json'), `${JSON.stringify({ at: now() })}\n`);

  async function exists(name: string): Promise<boolean> {
    return (await stat(file(name)).catch(() => null)) !== null;
  }

  return {
    receipt: () => receipt,
    async dismiss() {
      receipt = null;
      await rm(file('receipt.json'), { force: true });
    },
    async load() {
      try {
        const parsed = LostReceipt.safeParse(JSON.parse(await readFile(file('receipt.json'), 'utf8')));
        receipt = parsed.success ? parsed.data : null;
      } catch {
        receipt = null; // None was written, or it cannot be read: there is nothing to show.
      }
    },
    wipeUnderWay: () => exists('wipe.json'),
    endsSession: () => exists('lost.json'),
    async endSession(session) {
      if (session === null || session.tokens.refreshToken === '') return null;
      await noteSession();
      let late = false;
      const trying = tell(session).catch((error: unknown) => {
        log.warn({ error }, 'the gateway was not told of a lost device');
        return false;
      });
      const first = trying.then(async (done) => {
        if (done) return told();
        again(session, FIRST_RETRY);
        return null;
      });
      const patience = new Promise<null>((resolve) => {
        setTimeout(() => {
          late = true;
          resolve(null);
        }, PATIENCE).unref();
      });
      const at = await Promise.race([first, patience]);
      if (late) first.catch((error: unknown) => log.warn({ error }, 'a receipt was not written'));
      return at;
    },
    noteSession,
    noteWipe: () => parts.writeAtomically(file('wipe.json'), `${JSON.stringify({ at: now() })}\n`),
    async wipe(keys) {
      let files = 0;
      let bytes = 0;
      for (const name of CONTENT) {
        const found = await sizesIn(file(name));
        files += found.length;
        bytes += found.reduce((sum, size) => sum + size, 0);
        // Waits for whoever still holds a file (Windows).
        await rm(file(name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      }
      const left: string[] = [];
      for (const name of [...CONTENT, 'keys']) if ((await sizesIn(file(name))).length > 0) left.push(name);
      if (left.length === 0) await rm(file('wipe.json'), { force: true });
      // Nothing of the session is here any more: the note would end the one of whoever signs in next.
      await rm(file('lost.json'), { force: true });
      return { at: now(), keys, files, bytes, left };
    },
    write,
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function isUnreachable(error: unknown): boolean {
  const { kind } = error as { kind?: unknown };
  return kind === 'unreachable' || kind === 'unavailable' || kind === 'rate_limited' || kind === 'internal';
}

/** Bytes of each file below a folder. */
async function sizesIn(folder: string): Promise<number[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) => stat(path.join(entry.parentPath, entry.name)).then(({ size }) => size));
  return Promise.all(sizes);
}
