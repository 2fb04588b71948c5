import type { View } from '../../../shared/contract/rows.ts';

type ViewKind = View['kind'];

/** A view as one word, for keys and addresses: `mine`, `channel-<id>`, `label-<id>`. */
export function viewKey(view: View): string {
  return 'id' in view ? `${view.kind}-${view.id}` : view.kind;
}

const PLAIN: ReadonlySet<string> = new Set<ViewKind>(['mine', 'unassigned', 'all', 'snoozed', 'closed']);

/** The view of a key, or null when the word means none (an address typed by hand). */
export function viewOf(key: string): View | null {
  if (PLAIN.has(key)) return { kind: key as 'mine' | 'unassigned' | 'all' | 'snoozed' | 'closed' };
  const match = /^(channel|label)-(.+)$/u.exec(key);
  const kind = match?.[1];
  const id = match?.[2];
  if (id === undefined) return null;
  return kind === 'channel' ? { kind: 'channel', id } : { kind: 'label', id };
}

/** Every key of the query cache. */
export const keys = {
  appState: ['app.state'],
  connection: ['connection'],
  views: ['views'],
  directory: ['directory'],
  lists: ['list'],
  list: (view: string) => ['list', view] as const,
  details: ['detail'],
  detail: (conversationId: string) => ['detail', conversationId] as const,
  threads: ['thread'],
  thread: (conversationId: string) => ['thread', conversationId] as const,
  media: (mediaId: string) => ['media', mediaId] as const,
} as const;
