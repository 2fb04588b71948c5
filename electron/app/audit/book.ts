/**
 * Lines of the audit on their way to the cache. What must be in it before it happens (an export) is waited for; what happens often (views,
 * searches) is gathered and written by the writer as one transaction, so that no page waits. Ids and numbers only.
 */
import type { Cache } from '../../cache/api.ts';
import type { NewAuditEntry } from '../../cache/audit/types.ts';
import type { AuditLine } from '../context.ts';
import type { Log } from '../log.ts';

export type AuditBook = {
  /** Written when it resolves, after everything noted before. Rejects when it cannot be written. */
  write(line: AuditLine): Promise<void>;
  /** Written soon; kept while no cache is open (a failed unlock). A process that is killed loses the last `DELAY` of these. */
  note(line: AuditLine): void;
  /** Everything noted is written when it resolves; without an open cache it stays noted. */
  flush(): Promise<void>;
};

export type AuditBookOptions = {
  cache(): Cache | null;
  /** Who is signed in. */
  me(): string | null;
  log: Log;
  now(): number;
};

/** Milliseconds in which lines are gathered. */
const DELAY = 500;
/** Lines that may wait for a cache; the oldest go. */
const KEPT = 1_000;

export function createAuditBook({ cache, me, log, now }: AuditBookOptions): AuditBook {
  let noted: NewAuditEntry[] = [];
  let timer: NodeJS.Timeout | null = null;
  let last: Promise<void> = Promise.resolve();

  function entryOf({ subjects, counts, action, reason, actorId = me() }: AuditLine): NewAuditEntry {
    return { at: now(), actorId, action, subjects: [...subjects], counts: { ...counts }, reason };
  }

  /** One transaction after the other, so that lines keep their order. */
  function append(more: readonly NewAuditEntry[]): Promise<void> {
    const written = last.then(async () => {
      const open = cache();
      const before = noted;
      if (before.length + more.length === 0) return;
      if (open === null) {
        if (more.length > 0) throw new Error('the audit cannot be written: the cache is not open');
        return;
      }
      noted = [];
      try {
        await open.write.appendAudits({ entries: [...before, ...more] });
      } catch (error) {
        noted = [...before, ...noted];
        throw error;
      }
    });
    last = written.catch(() => undefined);
    return written;
  }

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    try {
      await append([]);
    } catch (error) {
      log.warn({ error, lines: noted.length }, 'the audit is not written yet');
    }
  }

  return {
    write: (line) => append([entryOf(line)]),
    note(line) {
      noted.push(entryOf(line));
      if (noted.length > KEPT) noted.shift();
      timer ??= setTimeout(() => {
        timer = null;
        void flush();
      }, DELAY).unref();
    },
    flush,
  };
}
