/**
 * The clocks that a profile starts when something happens: a deletion, a breach, the end of the contract, a mail. A clock that is
 * not stated says so; what must not outlast the contract is then due at once, because unknown is never unlimited.
 */
import { z } from 'zod';
import { addBusinessDays, addCalendarDays, calendarDaysBetween } from './calendar.ts';
import { Id } from './id.ts';
import type { PolicyProfile } from './policy.ts';
import type { BackupsUntil } from './rights-receipt.ts';
import { HOUR, Timestamp } from './time.ts';

/** Until when the gateway's backups may still hold what was deleted at `deletedAt`. */
export function backupsUntil(
  profile: Pick<PolicyProfile, 'backupDays'>,
  deletedAt: number,
  timeZone: string,
): BackupsUntil {
  const { value: days, source } = profile.backupDays;
  if (days === null) return { stated: false, source };
  // The later instant: a promise about others is never shown as ending too early.
  return { stated: true, at: addCalendarDays(deletedAt, Math.ceil(days), timeZone, 'later'), days, source };
}

/** What a gateway says when data was accessed by the wrong people. */
export const BreachNotice = z.object({
  id: Id,
  /** When the gateway came to know of it; null: it did not say. */
  knownAt: Timestamp.nullable(),
  /** When it told us. */
  toldAt: Timestamp,
  summary: z.string().max(4000),
});
export type BreachNotice = z.infer<typeof BreachNotice>;

/** `stated` false: the profile names no hours; the notice is shown all the same. */
export type BreachClock =
  | {
      stated: true;
      startedAt: number;
      dueAt: number;
      hours: number;
      leftMs: number;
      overdue: boolean;
      source: string;
    }
  | { stated: false; startedAt: number; source: string };

/** Hours are hours: they run through nights, weekends and clock changes. */
export function breachClock(
  profile: Pick<PolicyProfile, 'breachHours'>,
  notice: BreachNotice,
  now: number,
): BreachClock {
  const { value: hours, source } = profile.breachHours;
  const startedAt = notice.knownAt ?? notice.toldAt;
  if (hours === null) return { stated: false, startedAt, source };
  const dueAt = startedAt + hours * HOUR;
  return {
    stated: true,
    startedAt,
    dueAt,
    hours,
    leftMs: Math.max(0, dueAt - now),
    overdue: now > dueAt,
    source,
  };
}

/** The countdown after the end of a contract. At `wipeAt` this device is wiped, invoices included. */
export type Termination = {
  wipeAt: number;
  /** Whole dates left, for showing; 0 when due. */
  daysLeft: number;
  due: boolean;
  stated: boolean;
  source: string;
};

export function terminationOf(
  profile: Pick<PolicyProfile, 'terminationDays'>,
  endedAt: number,
  now: number,
  timeZone: string,
): Termination {
  const { value: days, source } = profile.terminationDays;
  const wipeAt = days === null ? endedAt : addCalendarDays(endedAt, Math.floor(days), timeZone, 'earlier');
  const due = now >= wipeAt;
  return {
    wipeAt,
    daysLeft: due ? 0 : Math.max(0, calendarDaysBetween(now, wipeAt, timeZone)),
    due,
    stated: days !== null,
    source,
  };
}

/** When a mail that is no request of a data subject should have its answer; null: not stated. */
export function mailDueAt(
  profile: Pick<PolicyProfile, 'mailBusinessDays'>,
  receivedAt: number,
  timeZone: string,
): number | null {
  const days = profile.mailBusinessDays.value;
  return days === null ? null : addBusinessDays(receivedAt, Math.floor(days), timeZone, 'earlier');
}

/** Why a connection to the gateway is refused. */
export type ConnectionProblem = 'plain' | 'tls_too_old' | 'tls_unknown';

/**
 * @param url the gateway's address.
 * @param protocol as the runtime names it after the handshake ("TLSv1.3"); null: not encrypted, or not known yet.
 * @returns null when the connection may be used. Plain http and ws reach this machine only, whatever the profile says.
 */
export function connectionProblem(
  profile: Pick<PolicyProfile, 'minimumTls'>,
  url: string,
  protocol: string | null,
): ConnectionProblem | null {
  const { protocol: scheme, hostname } = new URL(url);
  if (scheme === 'http:' || scheme === 'ws:') return isLoopback(hostname) ? null : 'plain';
  if (scheme !== 'https:' && scheme !== 'wss:') return 'plain';
  const version = /^TLSv1(?:\.(\d+))?$/u.exec(protocol ?? '');
  if (version === null) return 'tls_unknown';
  return Number(version[1] ?? 0) < Number(profile.minimumTls.slice(2)) ? 'tls_too_old' : null;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/u.test(hostname)
  );
}
