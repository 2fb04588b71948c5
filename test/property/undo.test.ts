/** Taking actions back returns the exact state, wherever each of their commands has come: still here, under way, taken, or answered. */
import process from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stepsOf } from '../../electron/app/actions.ts';
import type { Step } from '../../electron/app/actions.ts';
import { readOutboxDue } from '../../electron/cache/outbox/line.ts';
import { readStandings } from '../../electron/cache/read/conversation.ts';
import type { ConversationAction } from '../../shared/contract/actions.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import { newId } from '../../shared/domain/id.ts';
import type { LibraryItem } from '../../shared/domain/library.ts';
import type { Settlement } from '../../electron/cache/api.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import {
  contactOf,
  conversationOf,
  label,
  me,
  openBench,
  session,
  snapshotAt,
} from '../support/cache-kit.ts';
import type { Bench } from '../support/cache-kit.ts';

/**
 * As much of a gateway as actions need: applies an id once, numbers its events, and keeps them until they are asked for. What a colleague
 * has without a team is out of this agent's sight.
 */
class Gateway {
  seq = 10;
  readonly conversations = new Map<string, Conversation>();
  readonly library = new Map<string, LibraryItem>();
  /** Conversations about which something was refused: what was shown until then was never so. */
  readonly refused = new Set<string>();
  readonly #answers = new Map<string, number | null>();
  readonly #undoable = new Map<string, { before: Conversation; after: Conversation }>();
  #events: { seq: number; at: number; type: string; data: unknown }[] = [];
  #sent = 10;

  /** The number of the log after it; null: refused. */
  take(command: Command): number | null {
    const known = this.#answers.get(command.id);
    if (known !== undefined) return known;
    const { data } = command;
    if (!this.#may(command)) {
      if ('conversationId' in command.data) this.refused.add(command.data.conversationId);
      this.#answers.set(command.id, null);
      return null;
    }
    if (command.type === 'conversation.undo') this.#undo(command.data);
    else if ('conversationId' in data) {
      const before = this.conversations.get(data.conversationId)!;
      this.#change(data.conversationId, (c) => changed(c, command));
      this.#undoable.set(command.id, { before, after: this.conversations.get(data.conversationId)! });
    }
    if (command.type === 'library.save') {
      const { itemId, scope, content } = command.data;
      this.#put({ id: itemId, scope, ownerId: me.id, content, deleted: false, rev: 0 });
    }
    if (command.type === 'library.delete') {
      const item = this.library.get(command.data.itemId);
      if (item !== undefined) this.#put({ ...item, deleted: true });
    }
    this.#answers.set(command.id, this.seq);
    return this.seq;
  }

  /** Everything that was not told yet. */
  tell(bench: Bench): void {
    bench.write.applyBatch({ from: this.#sent, to: this.seq, head: this.seq, events: this.#events });
    this.#sent = this.seq;
    this.#events = [];
  }

  #may(command: Command): boolean {
    if (command.type === 'conversation.undo') return this.#undoable.has(command.data.commandId);
    return (
      !('conversationId' in command.data) || inSight(this.conversations.get(command.data.conversationId)!)
    );
  }

  /** By what it kept, not by what the desktop shows: as the real one. */
  #undo({ conversationId, commandId }: { conversationId: string; commandId: string }): void {
    const kept = this.#undoable.get(commandId);
    if (kept === undefined) return;
    this.#undoable.delete(commandId);
    const { before, after } = kept;
    this.#change(conversationId, (c) => {
      const { assigneeId, teamId, status, snoozedUntil, closeReason, labelIds } = before;
      const fields = { assigneeId, teamId, status, snoozedUntil, closeReason, labelIds };
      const different = Object.entries(fields).filter(
        ([field, value]) => JSON.stringify(value) !== JSON.stringify(after[field as keyof Conversation]),
      );
      return { ...c, ...Object.fromEntries(different), unread: c.unread + before.unread - after.unread };
    });
  }

  #change(id: string, change: (conversation: Conversation) => Conversation): void {
    const before = this.conversations.get(id);
    if (before === undefined) return;
    this.seq += 1;
    const conversation = { ...change(before), rev: this.seq };
    this.conversations.set(id, conversation);
    const [was, is] = [inSight(before), inSight(conversation)];
    if (!was && !is) return;
    const contact = contactOf({ id: conversation.contactId });
    const [type, data] = !is
      ? ['conversation.withdrawn', { conversationId: id }]
      : was
        ? ['conversation.changed', { conversation }]
        : ['conversation.granted', { conversation, contact }];
    this.#events.push({ seq: this.seq, at: 1, type, data });
  }

  #put(item: LibraryItem): void {
    this.seq += 1;
    const next = { ...item, rev: this.seq };
    this.library.set(item.id, next);
    this.#events.push({ seq: this.seq, at: 1, type: 'library.changed', data: { item: next } });
  }
}

function inSight(conversation: Conversation): boolean {
  return conversation.assigneeId !== 'colleague' || conversation.teamId !== null;
}

function changed(c: Conversation, command: Command): Conversation {
  switch (command.type) {
    case 'conversation.assign':
      return { ...c, assigneeId: command.data.assigneeId, teamId: command.data.teamId ?? null };
    case 'conversation.status': {
      const { status, snoozedUntil, reason } = command.data;
      return { ...c, status, snoozedUntil, closeReason: status === 'closed' ? (reason ?? null) : null };
    }
    case 'conversation.labels':
      return { ...c, labelIds: command.data.labelIds };
    case 'conversation.read':
      return { ...c, unread: 0 };
    case 'conversation.unread':
      return { ...c, unread: Math.max(1, c.unread) };
    default:
      return c;
  }
}

const seed = Number(process.env['PARLEY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`undo: PARLEY_SEED=${seed}`);

const someone = fc.option(fc.constantFrom(me.id, 'colleague'));
const actions: fc.Arbitrary<ConversationAction> = fc.oneof(
  fc.record({
    type: fc.constant('assign' as const),
    assigneeId: someone,
    teamId: fc.option(fc.constant('team')),
    note: fc.option(fc.constant('please')),
  }),
  fc.record({
    type: fc.constant('status' as const),
    status: fc.constantFrom('open' as const, 'closed' as const, 'snoozed' as const),
    snoozedUntil: fc.option(fc.constant(99_000)),
    reason: fc.option(fc.constant('solved')),
  }),
  fc.record({
    type: fc.constant('labels' as const),
    add: fc.subarray([label.id, 'l2', 'l3']),
    remove: fc.subarray(['l1', label.id]),
  }),
  fc.constant({ type: 'read' as const }),
  fc.constant({ type: 'unread' as const }),
  fc.record({ type: fc.constant('pin' as const), pinned: fc.boolean() }),
);

/** How far things get between two actions: some commands leave, and their answer or their events come, or neither. */
const moves = fc.record({
  leave: fc.integer({ min: 0, max: 4 }),
  answer: fc.constantFrom('ack', 'lost', 'never arrived'),
  told: fc.boolean(),
});

function settlementOf({ id, seq }: { id: string; seq: number | null }): Settlement {
  if (seq !== null) return { id, outcome: 'acked', seq };
  const error = { kind: 'not_found', retry: 'never', afterMs: null, message: '' } as const;
  return { id, outcome: 'refused', error };
}

/** What of the state before is in sight at this moment, and of that state what was in sight then. */
function expectBack(now: Shown[], before: Shown[], refused: ReadonlySet<string>): void {
  const ids = new Set(before.map(({ id }) => id).filter((id) => !refused.has(id)));
  const here = new Set(now.map(({ id }) => id));
  expect(now.filter(({ id }) => ids.has(id))).toEqual(before.filter(({ id }) => ids.has(id) && here.has(id)));
}

type Shown = Record<string, unknown> & { id: string };
type Move = { leave: number; answer: string; told: boolean };

function move(bench: Bench, gateway: Gateway, { leave, answer, told }: Move): void {
  const due = readOutboxDue(bench.db, { now: 1_000, limit: leave }).due.map((one) => one.command);
  if (due.length > 0) {
    bench.write.markSending({ ids: due.map((command) => command.id) });
    const taken =
      answer === 'never arrived'
        ? []
        : due.map((command) => ({ id: command.id, seq: gateway.take(command) }));
    if (answer === 'ack') bench.write.settle(taken.map(settlementOf));
    else bench.write.resetSending();
  }
  if (told) gateway.tell(bench);
}

function standing(bench: Bench, ids: string[]): Shown[] {
  while (bench.write.showKept());
  return readStandings(bench.db, { ids }).map(({ conversation: c, pinId }) => ({
    ...visible(c),
    pinned: pinId !== null,
  }));
}

function visible(c: Conversation): Shown {
  const { status, snoozedUntil, closeReason, assigneeId, teamId, labelIds } = c;
  return { id: c.id, status, snoozedUntil, closeReason, assigneeId, teamId, labelIds, unread: c.unread };
}

type Done = { id: string; inverse: Step['inverse'] };

function act(bench: Bench, ids: string[], action: ConversationAction): Done[] {
  while (bench.write.showKept());
  const steps = readStandings(bench.db, { ids }).flatMap((one) => stepsOf(action, one));
  const commands = steps.map(({ intent }) => ({
    command: { id: newId(), ...intent } as Command,
    sendAt: null,
  }));
  if (commands.length > 0) bench.write.enqueueMany({ commands, me: me.id, now: 1_000 });
  return steps.map(({ inverse }, index) => ({ id: commands[index]!.command.id, inverse }));
}

function undo(bench: Bench, done: readonly Done[]): void {
  const gone = new Set(bench.write.withdraw({ ids: done.map(({ id }) => id) }).withdrawn);
  const commands = done
    .toReversed()
    .flatMap(({ id, inverse }) =>
      gone.has(id) || inverse === null ? [] : [{ id: newId(), ...inverse(id) } as Command],
    )
    .map((command) => ({ command, sendAt: null }));
  if (commands.length > 0) bench.write.enqueueMany({ commands, me: me.id, now: 1_000 });
}

function start(): { bench: Bench; gateway: Gateway; ids: string[] } {
  const bench = openBench();
  const gateway = new Gateway();
  const last = { id: 'm', kind: 'text', text: 'x', direction: 'in' as const, status: null, at: 5 };
  const conversations = [
    conversationOf({ lastMessage: last, unread: 2, labelIds: ['l1'] }),
    conversationOf({ lastMessage: last, assigneeId: me.id, teamId: 'team', labelIds: ['l2', 'l1'] }),
    conversationOf({ lastMessage: last, status: 'closed', closeReason: 'spam' }),
    conversationOf({ lastMessage: last, status: 'snoozed', snoozedUntil: 50_000 }),
  ];
  bench.write.saveSession(session);
  bench.write.applySnapshot(snapshotAt(10));
  const items = conversations.map((conversation) => ({
    conversation,
    contact: contactOf({ id: conversation.contactId }),
    messages: [],
  }));
  bench.write.applyPage({ type: 'conversations', page: { asOf: 10, items, next: null } });
  for (const conversation of conversations) gateway.conversations.set(conversation.id, conversation);
  return { bench, gateway, ids: conversations.map(({ id }) => id) };
}

test('undo returns the exact state, before and after the gateway has it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(actions, fc.integer({ min: 1, max: 15 }), moves), { minLength: 1, maxLength: 5 }),
      moves,
      (steps, between) => {
        const { bench, gateway, ids } = start();
        using _ = bench;
        const states = [standing(bench, ids)];
        const done: Done[][] = [];
        for (const [action, which, after] of steps) {
          const chosen = ids.filter((__, index) => (which & (1 << index)) !== 0);
          done.push(act(bench, chosen, action));
          move(bench, gateway, after);
          states.push(standing(bench, ids));
        }
        for (const [index, one] of [...done.entries()].toReversed()) {
          undo(bench, one);
          expectBack(standing(bench, ids), states[index]!, gateway.refused);
          move(bench, gateway, between);
          expectBack(standing(bench, ids), states[index]!, gateway.refused);
        }
        // Everything gets through in the end, and the gateway agrees.
        for (let turn = 0; turn < 40; turn += 1)
          move(bench, gateway, { leave: 20, answer: 'ack', told: true });
        expect(standing(bench, ids)).toEqual(states[0]);
        expect(ids.map((id) => visible(gateway.conversations.get(id)!))).toEqual(
          states[0]!.map((state) => ({ ...(state as object), pinned: undefined })),
        );
        const pins = [...gateway.library.values()].filter((item) => !item.deleted);
        expect(pins).toEqual([]);
        expect(readOutboxDue(bench.db, { now: 1_000, limit: 1 }).unsent).toBe(0);
      },
    ),
    { seed, numRuns: 80 },
  );
});
