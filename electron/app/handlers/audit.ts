import { AUDIT_ACTIONS } from '../../../shared/contract/audit.ts';
import type { Cache } from '../../cache/api.ts';
import type { Context, Handlers } from '../context.ts';
import { utf8 } from '../exports/tickets.ts';
import { failure } from '../failures.ts';

/** Entries checked at a time, and read at a time for the file. */
const PART = 5_000;
const PAGE = 500;

function onlyOwners({ ready }: Context): void {
  if (ready().session.me.role !== 'owner') throw failure('forbidden', 'the audit is read by owners');
}

export const auditHandlers = {
  'audit.state': async (_input, { ready, flushAudit }) => {
    const { cache, session } = ready();
    await flushAudit();
    return { ...(await cache.read.auditExtent()), mayRead: session.me.role === 'owner' };
  },
  'audit.list': async ({ kind, limit, ...input }, context) => {
    onlyOwners(context);
    await context.flushAudit();
    const actions = kind === null ? null : AUDIT_ACTIONS[kind];
    const entries = await context.ready().cache.read.audit({ ...input, actions, limit: limit + 1 });
    const shown = entries.slice(0, limit);
    return { entries: shown, next: entries.length > limit ? (shown.at(-1)?.seq ?? null) : null };
  },
  'audit.verify': async ({ after }, context) => {
    onlyOwners(context);
    if (after === null) await context.flushAudit();
    const { read } = context.ready().cache;
    const { entries, brokenAt, next } = await read.verifyAuditPart({ after, limit: PART });
    return { checked: entries, total: (await read.auditExtent()).entries, brokenAt, next };
  },
  'audit.export': async (_input, context) => {
    onlyOwners(context);
    const { cache } = context.ready();
    const now = context.now();
    const { entries } = await cache.read.auditExtent();
    // Stands in the file itself, as its last line.
    await context.audit({ action: 'audit.export', subjects: [], counts: { entries }, reason: null });
    const upTo = (await cache.read.audit({ before: null, limit: 1 }))[0]?.seq ?? 0;
    const fileName = `parley-audit-${new Date(now).toISOString().slice(0, 10)}.jsonl`;
    const bytes = () => utf8(linesOf(cache, upTo));
    const ticket = context.tickets.issue({ fileName, mimeType: 'application/jsonl', bytes }, now);
    return { ticket, fileName, entries: (await cache.read.auditExtent()).entries };
  },
  'audit.tell': async ({ what, id }, { auditSoon }) => {
    auditSoon({ action: what, subjects: [id], counts: {}, reason: null });
    return {};
  },
} satisfies Partial<Handlers>;

async function* linesOf({ read }: Cache, upTo: number): AsyncGenerator<string, void, undefined> {
  for (let after = 0; after < upTo;) {
    const entries = await read.auditAfter({ after, limit: PAGE });
    if (entries.length === 0) return;
    for (const entry of entries) if (entry.seq <= upTo) yield `${JSON.stringify(entry)}\n`;
    after = entries.at(-1)?.seq ?? upTo;
  }
}
