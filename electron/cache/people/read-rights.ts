/** The rights desk: requests as they are shown, those that are still to be sent among them. */
import type { RightsRow } from '../../../shared/contract/rights.ts';
import type { RightsRequest } from '../../../shared/domain/rights.ts';
import type { ReadableDb } from '../sql.ts';
import { clusterOf, personOf } from './cluster.ts';
import { pendingOf } from './pending-read.ts';

/** Open ones first, by due date (none stated: after those); closed ones after them, newest first. */
export function readRights(db: ReadableDb, { contactId }: { contactId: string | null }): RightsRow[] {
  const ids = contactId === null ? null : new Set(clusterOf(db, personOf(db, contactId)));
  return requestsOf(db)
    .filter((request) => ids === null || ids.has(request.contactId) || request.contactId === contactId)
    .toSorted(byUrgency)
    .map((request) => rowOf(db, request));
}

export function readRightsRequest(db: ReadableDb, { id }: { id: string }): RightsRow | null {
  const request = requestsOf(db).find((one) => one.id === id);
  return request === undefined ? null : rowOf(db, request);
}

function requestsOf(db: ReadableDb): RightsRequest[] {
  const requests = new Map<string, RightsRequest>();
  for (const { json } of db.all<{ json: string }>`SELECT json FROM rights`) {
    const request = JSON.parse(json) as RightsRequest;
    requests.set(request.id, request);
  }
  for (const { command } of pendingOf(db, ['rights.save'])) {
    if (command.type !== 'rights.save') continue;
    const { request } = command.data;
    requests.set(request.id, { ...request, rev: requests.get(request.id)?.rev ?? 0 });
  }
  return [...requests.values()];
}

function byUrgency(a: RightsRequest, b: RightsRequest): number {
  const [first, second] = [isClosed(a), isClosed(b)];
  if (first !== second) return Number(first) - Number(second);
  if (first) return (b.closedAt ?? 0) - (a.closedAt ?? 0);
  return (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.receivedAt - b.receivedAt;
}

function isClosed({ state }: RightsRequest): boolean {
  return state === 'done' || state === 'refused';
}

function rowOf(db: ReadableDb, request: RightsRequest): RightsRow {
  const contact = db.get<{ name: string }>`
    SELECT name FROM contacts WHERE id = ${personOf(db, request.contactId)}`;
  return { request, contactName: contact?.name ?? null };
}
