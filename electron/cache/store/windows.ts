/** When free answers end, as a column that lists can be ordered and filtered by. */
import type { Channel } from '../../../shared/domain/channel.ts';
import { windowOf } from '../../../shared/domain/conversation.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { ReadableDb } from '../sql.ts';
import type { Tx } from './context.ts';
import { putEntry } from './directory.ts';

/** Null on a channel without a window, or one that is not known yet. */
export function windowEndOf(tx: Tx, conversation: Conversation): number | null {
  const { channelId } = conversation;
  let windowHours = tx.windows.get(channelId);
  if (windowHours === undefined) {
    windowHours = hoursOf(tx.db).get(channelId) ?? null;
    tx.windows.set(channelId, windowHours);
  }
  return windowOf(conversation, { windowHours })?.endsAt ?? null;
}

/** Stores a channel. Only when it says another window than before are its conversations looked at. */
export function putChannel(
  tx: Tx,
  channel: Channel,
  before: ReadonlyMap<string, number | null> = hoursOf(tx.db),
): void {
  if (!putEntry(tx, 'channel', channel)) return;
  if ((before.get(channel.id) ?? null) === channel.capabilities.windowHours) return;
  tx.windows.delete(channel.id);
  const rows = tx.db.all<{ ref: number; json: string; windowEnd: number | null }>`
    SELECT ref, json, window_end AS windowEnd FROM conversations WHERE channel_id = ${channel.id}`;
  for (const { ref, json, windowEnd } of rows) {
    const end = windowEndOf(tx, JSON.parse(json) as Conversation);
    if (end !== windowEnd) tx.db.run`UPDATE conversations SET window_end = ${end} WHERE ref = ${ref}`;
  }
  if (rows.length > 0) tx.changes.lists = true;
}

/** Hours of the answering window of every channel that is here. */
export function hoursOf(db: ReadableDb): Map<string, number | null> {
  const rows = db.all<{ id: string; hours: number | null }>`
    SELECT id, json ->> '$.capabilities.windowHours' AS hours FROM directory WHERE kind = 'channel'`;
  return new Map(rows.map(({ id, hours }) => [id, hours]));
}
