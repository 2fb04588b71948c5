import { CallFailure } from '../../../shared/contract/errors.ts';
import type { CallInput } from '../../../shared/contract/calls.ts';
import type { ThreadPage } from '../../../shared/contract/rows.ts';
import type { Bridge } from '../bridge/bridge.ts';

export interface OlderProgress {
  /** Messages that came so far. */
  readonly messages: number;
  /** Conversations that are still to be asked for; null while it is not known. */
  readonly left: number | null;
}

export interface OlderOptions {
  /** Those that matter most. */
  readonly first: ReadonlyArray<string>;
  /** And then all others. */
  readonly everything: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: OlderProgress) => void;
}

/**
 * Brings the older history of conversations from the gateway, one after the other, each to its beginning, until there is no more or the
 * signal says stop. Answers how many messages came. Rejects with `CallFailure` (`offline`, what the gateway refuses).
 */
export async function loadAllOlder(
  bridge: Bridge,
  { first, everything, signal, onProgress }: OlderOptions,
): Promise<number> {
  let messages = 0;
  let left: number | null = everything ? null : first.length;
  const report = (): void => onProgress({ messages, left });
  const whole = async (conversationId: string): Promise<void> => {
    while (!signal.aborted) {
      // One at a time on purpose: the gateway is not flooded, and what came is searched at once.
      const came = (await bridge.call('conversation.loadOlder', { conversationId })).messages;
      messages += came;
      report();
      if (came === 0) break;
    }
    if (left !== null) left = Math.max(0, left - 1);
    report();
  };
  report();
  for (const id of first) {
    if (signal.aborted) return messages;
    await whole(id);
  }
  const asked = new Set(first);
  while (everything && !signal.aborted) {
    const missing = await bridge.call('history.missing', {});
    left = missing.conversations;
    report();
    // Those that the gateway would not give stay missing: they are asked for once.
    const next = missing.ids.filter((id) => !asked.has(id));
    if (next.length === 0) break;
    for (const id of next) {
      if (signal.aborted) return messages;
      asked.add(id);
      await whole(id);
    }
  }
  return messages;
}

type Target = CallInput<'conversation.around'>['target'];

export interface SeekOptions {
  readonly signal: AbortSignal;
  /** Messages that came so far; not called while the place is on this machine. */
  readonly onProgress: (messages: number) => void;
}

/**
 * The place of a thread, after bringing older history from the gateway as far as it takes. Null: stopped, or there is no such message
 * (any more), here or at the gateway. For a point in time before the beginning: the beginning.
 */
export async function seek(
  bridge: Bridge,
  conversationId: string,
  target: Target,
  { signal, onProgress }: SeekOptions,
  limit: number,
): Promise<ThreadPage | null> {
  let messages = 0;
  for (;;) {
    const page = await around(bridge, conversationId, target, limit);
    if (page !== null && !isBeyond(page, target)) return page;
    if (signal.aborted) return null;
    onProgress(messages);
    const came = (await bridge.call('conversation.loadOlder', { conversationId })).messages;
    if (signal.aborted || came === 0)
      return signal.aborted ? null : around(bridge, conversationId, target, limit);
    messages += came;
  }
}

async function around(
  bridge: Bridge,
  conversationId: string,
  target: Target,
  limit: number,
): Promise<ThreadPage | null> {
  try {
    return await bridge.call('conversation.around', { conversationId, target, limit });
  } catch (error) {
    if (error instanceof CallFailure && error.error.kind === 'not_found') return null;
    throw error;
  }
}

/** The time that is meant is before the oldest item of this machine, and the gateway has older ones. */
function isBeyond(page: ThreadPage, target: Target): boolean {
  const [oldest] = page.items;
  if (!('at' in target) || page.older !== 'gateway' || oldest === undefined) return false;
  const at =
    oldest.type === 'message'
      ? oldest.message.sentAt
      : oldest.type === 'note'
        ? oldest.note.createdAt
        : oldest.activity.at;
  return at > target.at;
}
