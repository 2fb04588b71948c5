/**
 * Doing what was checked, and taking it back: commands of at most 500 contacts, kept in the outbox in the same transaction that marks their
 * rows, so that a crash in between neither loses a row nor does it twice.
 */
import type { ImportJob } from '../../../shared/contract/imports.ts';
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import type { Contact, ContactChange, ContactPatch } from '../../../shared/domain/contact.ts';
import { MAX_CONTACT_CHANGES } from '../../../shared/domain/contact.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { Command } from '../../../shared/protocol/commands.ts';
import type { ImportRow } from '../../cache/imports/types.ts';
import { differenceOf } from '../contacts/contact-steps.ts';
import type { Ready } from '../context.ts';

export type Running = {
  importId: string;
  now(): number;
  stopped(): boolean;
  /** Rows that this batch did or took back; answers the record to keep with them. */
  onBatch(rows: number): ImportJob;
  onChanged(changes: ChangeSet): void;
};

const DOES_SOMETHING = ['create', 'update'] as const;

/** Answers false when it was stopped. */
export async function runRows(ready: Ready, running: Running): Promise<boolean> {
  const { cache, session, sync } = ready;
  const { importId, now } = running;
  const next = (from: number) => {
    const limit = MAX_CONTACT_CHANGES;
    const coming = cache.read.importRows({ importId, from, limit, verdicts: DOES_SOMETHING, done: false });
    coming.catch(() => undefined);
    return coming;
  };
  for (let coming = next(0); ;) {
    if (running.stopped()) return false;
    const rows = await coming;
    const last = rows.at(-1);
    if (last === undefined) return true;
    // The next ones are read while these are written: nobody is in two rows, so that neither depends on the other.
    coming = next(last.n + 1);
    const befores = await beforesOf(ready, rows);
    running.onChanged(
      await cache.write.applyImportRows({
        importId,
        rows: rows.map((row, index) => ({ n: row.n, before: befores[index] ?? null })),
        commands: commandsOf(rows, importId),
        me: session.me.id,
        now: now(),
        job: running.onBatch(rows.length),
      }),
    );
    sync.kick();
  }
}

/** What leads back from each update, by the person as it is now; null for those that are made. */
async function beforesOf({ cache }: Ready, rows: readonly ImportRow[]): Promise<(ContactPatch | null)[]> {
  const updates = rows.flatMap(({ change }) =>
    change?.contact.create === false ? change.contact.contactId : [],
  );
  const people = await peopleOf(cache.read, updates);
  return rows.map(({ change }) => {
    if (change === null || change.contact.create) return null;
    const contact = people.get(change.contact.contactId);
    return contact === undefined ? null : (differenceOf(contact, change.contact.patch)?.before ?? {});
  });
}

async function peopleOf(
  read: Ready['cache']['read'],
  ids: readonly string[],
): Promise<ReadonlyMap<string, Contact>> {
  if (ids.length === 0) return new Map();
  return new Map((await read.contactsById({ ids })).map((contact) => [contact.id, contact]));
}

function commandsOf(rows: readonly ImportRow[], importId: string): Command[] {
  const planned = rows.flatMap(({ change }) => change ?? []);
  const changes = planned.map(({ contact }) => contact).filter(hasWork);
  return [
    ...(changes.length === 0 ? [] : [changeCommand(changes, importId)]),
    ...planned
      .flatMap(({ consents }) => consents)
      .map((entry): Command => {
        return { id: newId(), type: 'consent.record', data: { entry } };
      }),
  ];
}

function hasWork({ create, patch }: ContactChange): boolean {
  return create || Object.keys(patch).length > 0;
}

function changeCommand(changes: ContactChange[], importId: string): Command {
  return { id: newId(), type: 'contacts.change', data: { changes, importId } };
}

/**
 * Takes back what was done, the last first: people who were made are deleted, values go back where nobody has changed them since, consent that
 * the file had given is withdrawn (the ledger itself keeps both lines). Answers false when it was stopped.
 */
export async function undoRows(ready: Ready, running: Running, rows: number): Promise<boolean> {
  const { cache, session, sync } = ready;
  const { importId, now } = running;
  for (let to = rows; to > 0; to -= MAX_CONTACT_CHANGES) {
    if (running.stopped()) return false;
    const from = Math.max(0, to - MAX_CONTACT_CHANGES);
    const done = await cache.read.importRows({
      importId,
      from,
      limit: to - from,
      verdicts: DOES_SOMETHING,
      done: true,
    });
    // Rows are passed over by their verdict: what lies beyond this stretch was taken back before.
    const here = done.filter(({ n }) => n < to);
    if (here.length === 0) continue;
    running.onChanged(
      await cache.write.applyImportRows({
        importId,
        rows: here.map(({ n, before }) => ({ n, before })),
        commands: await backCommands(ready, here, running),
        me: session.me.id,
        now: now(),
        undo: true,
        job: running.onBatch(here.length),
      }),
    );
    sync.kick();
  }
  return true;
}

async function backCommands(
  { cache }: Ready,
  rows: readonly ImportRow[],
  { importId, now }: Running,
): Promise<Command[]> {
  const made = rows.flatMap(({ change }) =>
    change?.contact.create === true ? change.contact.contactId : [],
  );
  const changed = rows.flatMap(({ change }) =>
    change?.contact.create === false ? change.contact.contactId : [],
  );
  const people = await peopleOf(cache.read, [...made, ...changed]);
  const still = made.filter((id) => {
    const contact = people.get(id);
    return contact !== undefined && !contact.deleted && contact.mergedInto === null;
  });
  const changes: ContactChange[] = [];
  const consents: Command[] = [];
  for (const { change, before } of rows.toReversed()) {
    if (change === null || change.contact.create) continue;
    const { contactId, patch } = change.contact;
    const contact = people.get(contactId);
    if (contact === undefined) continue;
    const back = before === null ? {} : stillImported(contact, patch, before);
    if (Object.keys(back).length > 0) changes.push({ contactId, create: false, patch: back });
    for (const entry of change.consents) {
      if (entry.state !== 'given') continue;
      const data = { entry: { ...entry, id: newId(), state: 'withdrawn' as const, at: now() } };
      consents.push({ id: newId(), type: 'consent.record', data });
    }
  }
  return [
    ...(still.length === 0
      ? []
      : [{ id: newId(), type: 'contacts.delete', data: { contactIds: still, deleted: true } } as Command]),
    ...(changes.length === 0 ? [] : [changeCommand(changes, importId)]),
    ...consents,
  ];
}

/** The values before, of what is still as the import left it: what somebody has changed since is theirs. */
function stillImported(contact: Contact, patch: ContactPatch, before: ContactPatch): ContactPatch {
  const since = differenceOf(contact, patch)?.change ?? {};
  const back: ContactPatch = { ...before };
  for (const key of Object.keys(since) as (keyof ContactPatch)[]) if (key !== 'fields') delete back[key];
  // Further numbers and addresses came with the first.
  if ('phone' in since || 'phones' in since) {
    delete back.phone;
    delete back.phones;
  }
  if ('email' in since || 'emails' in since) {
    delete back.email;
    delete back.emails;
  }
  if (back.fields !== undefined && since.fields !== undefined) {
    const others = Object.entries(back.fields).filter(([id]) => !(id in (since.fields ?? {})));
    back.fields = Object.fromEntries(others);
  }
  if (back.fields !== undefined && Object.keys(back.fields).length === 0) delete back.fields;
  return back;
}
