/**
 * Wiping this device: the key first, so that whatever is cut off from there on leaves nothing that can be read; then the files; then a look at
 * what is left, and a receipt. `wipe.json` says from the first step to the last that a wipe is under way: a start that finds it goes on before it
 * opens anything, so nobody ever sees half of one.
 *
 *   noted     wipe.json is written: why, how many keys, files and bytes there are, and whom to tell
 *   key       no key is in memory or on the disk
 *   closed    the cache is closed
 *   removed   once for each folder that is gone
 *   receipt   receipt.json is written; holds no content
 *   report    what the gateway has still to be told lies in wipe-report.json
 *   done      wipe.json is gone
 */
import { readFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { LostReceipt } from '../../../shared/contract/security.ts';
import { type AppState, WipeReason } from '../../../shared/contract/state.ts';
import { Timestamp } from '../../../shared/domain/time.ts';
import type { WipeReceipt } from '../../../shared/protocol/session.ts';
import type { KeyRing } from '../../keys/key-ring.ts';
import type { LostDevice } from '../lock/lost-device.ts';
import type { Parts } from '../parts.ts';
import { NOT_OURS, scanForTraces } from '../raw-scan.ts';
import { TERMINATION_FILE } from './termination.ts';
import type { WipeReports } from './wipe-reports.ts';

/** Where a test makes the process die. */
export type WipeStep = 'noted' | 'key' | 'closed' | 'removed' | 'receipt' | 'report' | 'done';

/** Folders of the user-data folder that hold anything of a workspace, the most telling first. */
const CONTENT = ['cache', 'media', 'opened', 'backup', 'browser'];
/** What a write that was cut off has left (keys/atomic-file.ts). */
const HALF_WRITTEN = /\.[0-9a-f]{12}\.tmp$/u;
const LOG = /^parley\.log(?:\.\d)?$/u;

const Note = z.object({
  at: Timestamp,
  reason: WipeReason.default('lost'),
  endedAt: Timestamp.nullable().default(null),
  wasOpen: z.boolean().default(true),
  keys: z.number().int().default(0),
  files: z.number().int().default(0),
  bytes: z.number().int().default(0),
  report: z.object({ gateway: z.string(), refreshToken: z.string() }).nullable().default(null),
});
type Note = z.infer<typeof Note>;

/** `samples`: strings that were here, to be looked for afterwards; kept in memory only. */
export type WipeRequest = Pick<Note, 'reason' | 'endedAt' | 'wasOpen' | 'report'> & {
  samples: readonly string[];
};

export type Wiping = {
  wipe(request: WipeRequest): Promise<LostReceipt>;
  /** Goes on with one that was cut off. Answers whether there was one. */
  finish(): Promise<boolean>;
  /** Something new begins: what could not be removed is not tried again. */
  forget(): Promise<void>;
};

export type WipingOptions = {
  parts: Pick<Parts, 'writeAtomically'>;
  userDataDir: string;
  keyRing: Pick<KeyRing, 'destroy'>;
  lost: Pick<LostDevice, 'receipt' | 'write'>;
  reports: Pick<WipeReports, 'send'>;
  /** Stops sync and closes the cache. */
  letGo(): Promise<void>;
  enter(next: AppState): void;
  now(): number;
  /** Tests only. */
  onStep?: ((step: WipeStep) => void) | undefined;
};

export function createWiping(options: WipingOptions): Wiping {
  const { userDataDir, lost, now } = options;
  const file = (name: string) => path.join(userDataDir, name);
  const noteFile = file('wipe.json');
  const at = options.onStep ?? (() => undefined);

  async function readNote(): Promise<Note | null> {
    let text: string;
    try {
      text = await readFile(noteFile, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    // One that cannot be read was written by a wipe all the same.
    return Note.safeParse(parseJson(text)).data ?? Note.parse({ at: now() });
  }

  async function measured(request: WipeRequest): Promise<Note> {
    const sizes = (await Promise.all(CONTENT.map((name) => sizesIn(file(name))))).flat();
    const { reason, endedAt, wasOpen, report } = request;
    return {
      at: now(),
      reason,
      endedAt,
      wasOpen,
      report,
      keys: (await sizesIn(file('keys'))).length,
      files: sizes.length,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
    };
  }

  async function remove(): Promise<void> {
    for (const name of CONTENT) {
      // Waits for whoever still holds a file (Windows).
      await rm(file(name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      at('removed');
    }
    for (const name of await readdir(userDataDir)) {
      // Nothing of the session is here any more: `lost.json` would end the one of whoever signs in next.
      if (HALF_WRITTEN.test(name) || name === TERMINATION_FILE || name === 'lost.json')
        await rm(file(name), { force: true });
    }
    // The log holds no content, but ids and times of one's work.
    for (const name of await readdir(file('logs')).catch(() => [])) {
      if (LOG.test(name)) await truncate(path.join(file('logs'), name)).catch(() => undefined);
    }
  }

  async function leftovers(): Promise<string[]> {
    const left: string[] = [];
    for (const name of [...CONTENT, 'keys']) if ((await sizesIn(file(name))).length > 0) left.push(name);
    return left;
  }

  async function carryOut(note: Note, samples: readonly string[]): Promise<LostReceipt> {
    options.enter({ phase: 'wiping', reason: note.reason });
    await options.parts.writeAtomically(noteFile, `${JSON.stringify(note)}\n`);
    at('noted');
    await options.keyRing.destroy();
    at('key');
    await options.letGo();
    at('closed');
    await remove();
    let left = await leftovers();
    if (left.length > 0) {
      // Something was still being written when it was removed.
      await remove();
      left = await leftovers();
    }
    const receipt = await receiptOf(note, left, samples);
    await lost.write(receipt);
    at('receipt');
    if (note.report !== null && receipt.wiped !== null)
      await options.reports.send({ ...note.report, receipt: receipt.wiped });
    at('report');
    if (left.length === 0) await rm(noteFile, { force: true });
    at('done');
    return lost.receipt() ?? receipt;
  }

  async function receiptOf(note: Note, left: string[], samples: readonly string[]): Promise<LostReceipt> {
    const before = lost.receipt();
    // Cut off after its receipt: that one has looked for the strings, this process knows none any more.
    if (before?.at === note.at && before.wiped?.left.length === 0) return before;
    const scan =
      samples.length === 0
        ? null
        : { ...(await scanForTraces(userDataDir, samples, NOT_OURS)), samples: samples.length };
    const { keys, files, bytes } = note;
    const wiped: WipeReceipt = { at: now(), keys, files, bytes, left, scan };
    const { at: began, reason, endedAt, wasOpen } = note;
    return { at: began, reason, endedAt, wasOpen, wiped, reportedAt: null };
  }

  return {
    wipe: async (request) => carryOut(await measured(request), request.samples),
    async finish() {
      const note = await readNote();
      if (note === null) return false;
      await carryOut(note, []);
      return true;
    },
    forget: () => rm(noteFile, { force: true }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Refused by the schema.
  }
}

/** Bytes of each file below a folder. */
async function sizesIn(folder: string): Promise<number[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(path.join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return Promise.all(sizes);
}
