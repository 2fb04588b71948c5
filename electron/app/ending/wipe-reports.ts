/**
 * The receipt of a wipe that the gateway asked for, on its way there: now, or as soon as it can be reached, at this start or a later one.
 * `wipe-report.json` holds it with the token of the session that was ended, which opens nothing any more.
 */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { MINUTE, SECOND } from '../../../shared/domain/time.ts';
import { WipeReport } from '../../../shared/protocol/session.ts';
import { isUnreachable } from '../lock/lost-device.ts';
import type { Log } from '../log.ts';
import type { Parts } from '../parts.ts';

const Report = WipeReport.extend({ gateway: z.string() });
type Report = z.infer<typeof Report>;

const FIRST_RETRY = 5 * SECOND;
const LAST_RETRY = 5 * MINUTE;
/** Milliseconds that somebody waits for the first try. */
const PATIENCE = 3 * SECOND;

export type WipeReports = {
  /** It is kept when this resolves, and sent when the gateway answers within seconds. */
  send(report: Report): Promise<void>;
  /** Goes on with one that an earlier run has left. */
  resume(): Promise<void>;
  stop(): void;
};

export type WipeReportsOptions = {
  parts: Pick<Parts, 'gatewayHttp' | 'writeAtomically'>;
  userDataDir: string;
  log: Log;
  /** The gateway has it. */
  onSent(): Promise<void>;
};

export function createWipeReports({ parts, userDataDir, log, onSent }: WipeReportsOptions): WipeReports {
  const file = path.join(userDataDir, 'wipe-report.json');
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  /** Whether nothing is left to be done. */
  async function tell({ gateway, ...report }: Report): Promise<boolean> {
    try {
      await parts.gatewayHttp(gateway).reportWipe(report);
    } catch (error) {
      if (isUnreachable(error)) return false;
      log.warn({ error }, 'the gateway does not take the receipt of a wipe');
      await rm(file, { force: true });
      return true;
    }
    await rm(file, { force: true });
    await onSent();
    return true;
  }

  async function attempt(report: Report, wait: number): Promise<void> {
    const done = await tell(report).catch((error: unknown) => {
      log.warn({ error }, 'the receipt of a wipe was not sent');
      return false;
    });
    if (done || stopped) return;
    timer = setTimeout(() => void attempt(report, Math.min(wait * 2, LAST_RETRY)), wait);
    timer.unref();
  }

  return {
    async send(report) {
      await parts.writeAtomically(file, `${JSON.stringify(report)}\n`);
      const patience = new Promise<void>((resolve) => {
        setTimeout(resolve, PATIENCE).unref();
      });
      await Promise.race([attempt(report, FIRST_RETRY), patience]);
    },
    async resume() {
      let text: string;
      try {
        text = await readFile(file, 'utf8');
      } catch {
        return; // There is none, or it cannot be read: nobody could send it.
      }
      const report = Report.safeParse(parseJson(text)).data;
      if (report === undefined) return rm(file, { force: true });
      void attempt(report, FIRST_RETRY);
    },
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Refused by the schema.
  }
}
