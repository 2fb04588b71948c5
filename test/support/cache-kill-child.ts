/**
 * A process that sends and receives without end and says what was kept: one line of JSON after each promise that the cache kept. Killed by the
 * test, or by itself at a crash point.
 */
import type { Cache } from '../../electron/cache/api.ts';
import type { CrashAt } from '../../electron/cache/crash-points.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import { me, messageOf, openTestCache, sendCommand } from './cache-kit.ts';

export type KillTask = { file: string; conversation: Conversation; crashAt: CrashAt | null };
/** `kept`: id of a message in the outbox. `cursor`: everything up to it was applied, `ids` are the messages. */
export type KillLine = { kept: string } | { cursor: number; ids: string[] };

const task = JSON.parse(process.argv[2] ?? '') as KillTask;
const say = (line: KillLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const cache: Cache = await openTestCache(task.file, task.crashAt === null ? {} : { crashAt: task.crashAt });
await cache.write.resetSending();
say({ cursor: (await cache.read.syncState()).cursor, ids: [] });
await Promise.all([send(), receive()]);

async function send(): Promise<never> {
  for (;;) {
    const command = sendCommand(task.conversation, 'kept or not kept');
    await cache.write.enqueue({ command, me: me.id, now: Date.now() });
    say({ kept: command.data.messageId });
  }
}

async function receive(): Promise<never> {
  let { cursor } = await cache.read.syncState();
  for (;;) {
    const from = cursor;
    const to = from + 5;
    const messages = Array.from({ length: to - from }, (_, index) =>
      messageOf(task.conversation, 'came in', { sentAt: Date.now(), rev: from + index + 1 }),
    );
    const events = messages.map((message) => ({
      seq: message.rev,
      at: 1,
      type: 'message.created',
      data: { message, conversation: { ...task.conversation, unread: message.rev, rev: message.rev } },
    }));
    const outcome = await cache.write.applyBatch({ from, to, head: to, events });
    cursor = outcome.cursor;
    say({ cursor, ids: messages.map((message) => message.id) });
    if (to % 50 === 0) await cache.write.maintain({ budgetMs: 5 });
  }
}
