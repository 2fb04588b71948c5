/**
 * A lost device, or somebody else at it: the session ends at the gateway, now or as soon as it can be reached; what is here is locked,
 * or wiped (wiping.ts). Small files without names or texts: `lost.json` (the session has still to be ended), `receipt.json` (what was done,
 * until it was read), `last-wipe.json` (the receipt of the last wipe, for good).
 */
import { readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { LostReceipt } from '../../../shared/contract/security.ts';
import { MINUTE, SECOND } from '../../../shared/domain/time.ts';
import type { StoredSession } from '../../cache/api.ts';
import type { Log } from '../log.ts';
import type { Parts } from '../parts.ts';

/** Milliseconds for the first try, before it is locked whatever the gateway does. */
const PATIENCE = 3 * SECOND;
const FIRST_RETRY = 5 * SECOND;
const LAST_RETRY = 5 * MINUTE;

export type LostDevice = {
  receipt(): LostReceipt | null;
  /** It was read: that of a wipe is kept beside. */
  dismiss(): Promise<void>;
  load(): Promise<void>;
  /** Whether the session of this device has still to be ended. */
  endsSession(): Promise<boolean>;
  /** Tells the gateway; goes on trying by itself. Resolves after the first try at the latest, with when it was told, or null. */
  endSession(session: StoredSession | null): Promise<number | null>;
  /** The session lies where nobody can read it now: it is ended as soon as it can be. */
  noteSession(): Promise<void>;
  write(receipt: LostReceipt): Promise<void>;
  /** The gateway has the receipt of the wipe that it asked for. */
  reported(): Promise<void>;
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
      const wiped = receipt?.wiped != null;
      receipt = null;
      if (wiped) await rename(file('receipt.json'), file('last-wipe.json'));
      else await rm(file('receipt.json'), { force: true });
    },
    async load() {
      try {
        const parsed = LostReceipt.safeParse(JSON.parse(await readFile(file('receipt.json'), 'utf8')));
        receipt = parsed.success ? parsed.data : null;
      } catch {
        receipt = null; // None was written, or it cannot be read: there is nothing to show.
      }
    },
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
    write,
    async reported() {
      if (receipt !== null) await write({ ...receipt, reportedAt: now() });
    },
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Nobody answered, or not now: it may be asked again. */
export function isUnreachable(error: unknown): boolean {
  const { kind } = error as { kind?: unknown };
  return kind === 'unreachable' || kind === 'unavailable' || kind === 'rate_limited' || kind === 'internal';
}
