/** How a handler changes something: a command in the outbox, with its effect shown at once; sync brings it to the gateway. */
import type { ActionOutcome } from '../../../shared/contract/actions.ts';
import type { CommandType, Command } from '../../../shared/protocol/commands.ts';
import { newId } from '../../../shared/domain/id.ts';
import { SECOND } from '../../../shared/domain/time.ts';
import type { Step } from '../actions.ts';
import type { Context } from '../context.ts';
import type { Intent } from '../undo.ts';

type DataOf<T extends CommandType> = Extract<Command, { type: T }>['data'];

/**
 * Stored when the promise resolves: from then on neither a crash nor a missing network loses it. The cache refuses what is about a
 * conversation that is not on this machine. `sendAt`: it stays here until then.
 */
export async function enqueue<T extends CommandType>(
  context: Context,
  type: T,
  data: DataOf<T>,
  sendAt: number | null = null,
): Promise<void> {
  const { cache, sync, session } = context.ready();
  const command = { id: newId(), type, data } as Command;
  const changes = await cache.write.enqueue({ command, me: session.me.id, now: context.now(), sendAt });
  context.changed(changes);
  sync.kick();
}

export function commandOf(intent: Intent): Command {
  return { id: newId(), ...intent } as Command;
}

/** Stores all commands of a step, all or none, and keeps how to take them back. */
export async function perform(
  context: Context,
  steps: readonly (Step & { sendAt?: number | null })[],
  changed: number,
): Promise<ActionOutcome> {
  if (steps.length === 0) return { undoId: null, changed: 0 };
  const { cache, sync, session } = context.ready();
  const now = context.now();
  const commands = steps.map(({ intent, sendAt }) => ({
    command: commandOf(intent),
    sendAt: sendAt ?? null,
  }));
  context.changed(await cache.write.enqueueMany({ commands, me: session.me.id, now }));
  sync.kick();
  const done = steps.map(({ inverse }, index) => ({ id: commands[index]?.command.id ?? '', inverse }));
  return { undoId: context.undo.remember(done, now), changed };
}

/** When a message leaves: at the time that was chosen, else after the time to undo; null: now. */
export function leavesAt(context: Context, chosen: number | null): number | null {
  const now = context.now();
  if (chosen !== null) return chosen > now ? chosen : null;
  const undo = context.settings.get().undoSendSeconds * SECOND;
  return undo > 0 ? now + undo : null;
}
