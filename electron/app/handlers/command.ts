/** How a handler changes something: a command in the outbox, with its effect shown at once; sync brings it to the gateway. */
import type { CommandType, Command } from '../../../shared/protocol/commands.ts';
import { newId } from '../../../shared/domain/id.ts';
import type { Context } from '../context.ts';

type DataOf<T extends CommandType> = Extract<Command, { type: T }>['data'];

/**
 * Stored when the promise resolves: from then on neither a crash nor a missing network loses it. The cache refuses what is about a
 * conversation that is not on this machine.
 */
export async function enqueue<T extends CommandType>(
  context: Context,
  type: T,
  data: DataOf<T>,
): Promise<void> {
  const { cache, sync, session } = context.ready();
  const command = { id: newId(), type, data } as Command;
  const changes = await cache.write.enqueue({ command, me: session.me.id, now: context.now() });
  context.changed(changes);
  sync.kick();
}
