/**
 * A contact as it is shown: the gateway's state with everything pending on it, in the order in which it was done. Applying a command
 * to a state that has it already changes nothing, so that it does not matter whether the echo or the answer comes first.
 */
import type { Contact, ContactPatch, Provenance } from '../../../shared/domain/contact.ts';
import type { ContactMerge } from '../../../shared/domain/merge.ts';
import { mergedContact, unmergedLoser, unmergedWinner } from '../../../shared/domain/merging.ts';
import type { ReadableDb } from '../sql.ts';
import type { PendingIndex, PendingPeople } from './pending.ts';

type Source = { db: ReadableDb; pending: PendingIndex };
type Halves = Pick<ContactMerge, 'winner' | 'loser' | 'choices' | 'mergedBy' | 'mergedAt'>;

/** `base` null: the gateway does not have it. Answers null when there is nothing to show. `before`: only rows below this one. */
export function overlayContact(
  source: Source,
  id: string,
  base: Contact | null,
  before?: number,
): Contact | null {
  let shown = base;
  for (const pending of source.pending.about(id, before)) shown = overlayOne(source, id, shown, pending);
  return shown;
}

function overlayOne(
  source: Source,
  id: string,
  shown: Contact | null,
  pending: PendingPeople,
): Contact | null {
  const { command, changes, me, createdAt } = pending;
  switch (command.type) {
    case 'contacts.change': {
      const change = changes?.get(id);
      if (change === undefined || (shown === null && !change.create)) return shown;
      const from = {
        source: command.data.importId === null ? 'agent' : 'import',
        by: me,
        at: createdAt,
      } as const;
      return patched(shown ?? emptyContact(id, createdAt), change.patch, from);
    }
    case 'contacts.delete':
      return shown === null ? null : { ...shown, deleted: command.data.deleted };
    case 'contact.restrict': {
      if (shown === null) return null;
      const { restriction } = command.data;
      if (restriction === null) return { ...shown, restriction: null };
      return { ...shown, restriction: { since: shown.restriction?.since ?? createdAt, ...restriction } };
    }
    case 'consent.record': {
      const { purpose, state, at, source: where } = command.data.entry;
      if (shown === null || purpose !== 'marketing' || at < (shown.consent.at ?? 0)) return shown;
      return {
        ...shown,
        consent: { state: state === 'given' ? 'opted_in' : 'opted_out', at, source: where },
      };
    }
    case 'contact.merge':
      return merged(source, id, shown, pending);
    case 'contact.unmerge':
      return unmerged(source, id, shown, pending);
    default:
      return shown;
  }
}

function merged(source: Source, id: string, shown: Contact | null, pending: PendingPeople): Contact | null {
  const { command, n, me, createdAt } = pending;
  if (command.type !== 'contact.merge' || shown === null) return shown;
  const { winnerId, loserId, choices } = command.data;
  if (id === loserId) {
    return shownAt(source, winnerId, n) === null ? shown : { ...shown, mergedInto: winnerId };
  }
  const loser = shownAt(source, loserId, n);
  if (loser === null || loser.mergedInto === winnerId) return shown;
  const both = { winner: shown, loser, choices, mergedBy: me, mergedAt: createdAt };
  return { ...mergedContact(both), updatedAt: createdAt };
}

function unmerged(source: Source, id: string, shown: Contact | null, pending: PendingPeople): Contact | null {
  const { command, n } = pending;
  if (command.type !== 'contact.unmerge' || shown === null) return shown;
  const merge = findHalves(source, command.data.mergeId, n);
  if (merge === null) return shown;
  if (id === merge.loser.id) {
    const winner = shownAt(source, merge.winner.id, n);
    return shown.mergedInto === null || winner === null ? shown : unmergedLoser(merge, winner);
  }
  // The gateway has done it already when the loser is by itself again.
  return shownAt(source, merge.loser.id, n)?.mergedInto == null ? shown : unmergedWinner(merge, shown);
}

/** Both records as they were before a merge: as the gateway kept them, or as they were here when it was done. */
function findHalves(source: Source, mergeId: string, before: number): Halves | null {
  const row = source.db.get<{ json: string }>`SELECT json FROM merges WHERE id = ${mergeId}`;
  if (row !== undefined) return JSON.parse(row.json) as ContactMerge;
  const pending = source.pending.mergeAt(mergeId);
  if (pending === null || pending.n >= before || pending.command.type !== 'contact.merge') return null;
  const { winnerId, loserId, choices } = pending.command.data;
  const winner = shownAt(source, winnerId, pending.n);
  const loser = shownAt(source, loserId, pending.n);
  if (winner === null || loser === null) return null;
  return { winner, loser, choices, mergedBy: pending.me, mergedAt: pending.createdAt };
}

/** A contact as it was shown before a row of the outbox. */
function shownAt(source: Source, id: string, before: number): Contact | null {
  const row = source.db.get<{ json: string; base: string | null }>`
    SELECT json, base FROM contacts WHERE id = ${id}`;
  const base = row === undefined ? null : (JSON.parse(row.base ?? row.json) as Contact | null);
  return overlayContact(source, id, base, before);
}

/** What was typed was checked before it was queued; the gateway checks again. */
export function patched(before: Contact, patch: ContactPatch, from: Provenance): Contact {
  const { fields, ...rest } = patch;
  const after: Contact = { ...before };
  for (const key of Object.keys(rest) as (keyof typeof rest)[]) put(after, key, rest[key]);
  after.phones = after.phones.filter((one) => one !== after.phone);
  after.emails = after.emails.filter((one) => one !== after.email);
  const changed: string[] = KEPT_BY.filter((key) => after[key] !== before[key]);
  if (fields !== undefined) {
    after.fields = { ...before.fields };
    for (const [id, value] of Object.entries(fields)) {
      if ((before.fields[id] ?? null) === value) continue;
      if (value === null || value === '') delete after.fields[id];
      else after.fields[id] = value;
      changed.push(`field:${id}`);
    }
  }
  if (changed.length > 0) {
    after.provenance = { ...before.provenance };
    for (const key of changed) after.provenance[key] = from;
  }
  after.updatedAt = Math.max(before.updatedAt, from.at);
  return after;
}

/** Values whose origin is kept. */
const KEPT_BY = ['name', 'company', 'phone', 'email', 'language', 'timeZone', 'note'] as const;

function put<K extends keyof Omit<ContactPatch, 'fields'>>(
  contact: Contact,
  key: K,
  value: ContactPatch[K],
): void {
  if (value !== undefined) contact[key] = value as Contact[K];
}

/** A contact that was made on this machine, before the gateway has it; also stands in while its event is still to come. */
export function emptyContact(id: string, createdAt: number): Contact {
  return {
    id,
    name: '',
    company: null,
    phone: null,
    phones: [],
    email: null,
    emails: [],
    language: null,
    timeZone: null,
    fields: {},
    labelIds: [],
    note: '',
    consent: { state: 'unknown', at: null, source: null },
    blocked: false,
    restriction: null,
    identities: [],
    provenance: {},
    mergedInto: null,
    deleted: false,
    createdAt,
    updatedAt: createdAt,
    rev: 0,
  };
}
