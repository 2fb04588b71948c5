/** When the next backup is due. One that was missed is due at once; one that did not work is tried again after an hour. */
import { DAY, HOUR } from '../../../shared/domain/time.ts';
import type { BackupPlan } from './plan.ts';

const PERIOD = { daily: DAY, weekly: 7 * DAY } as const;

export function nextBackupAt(
  { schedule, key, last, triedAt }: Pick<BackupPlan, 'schedule' | 'key' | 'last' | 'triedAt'>,
  now: number,
): number | null {
  if (schedule === 'off' || key === null) return null;
  // A clock that was put back must not put a backup off for as long.
  const done = last === null ? null : Math.min(last.at, now);
  const due = done === null ? now : done + PERIOD[schedule];
  const failed = triedAt !== null && triedAt > (last?.at ?? -1) ? Math.min(triedAt, now) + HOUR : 0;
  return Math.max(due, failed);
}
