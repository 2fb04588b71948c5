import type { View } from '../../../shared/contract/rows.ts';
import { ConversationFilter, NO_FILTER } from '../../../shared/domain/conversation-filter.ts';

type PlainKind = Exclude<View['kind'], 'channel' | 'label' | 'saved' | 'filter'>;

const PLAIN: ReadonlySet<string> = new Set<PlainKind>([
  'mine',
  'unassigned',
  'all',
  'mentions',
  'snoozed',
  'closed',
]);

/** A view as one word, for keys and addresses: `mine`, `channel-<id>`, `label-<id>`, `saved-<id>`, `filter-<what is asked>`. */
export function viewKey(view: View): string {
  if (view.kind === 'filter') return `filter-${filterWord(view.filter)}`;
  return 'id' in view ? `${view.kind}-${view.id}` : view.kind;
}

/** The view of a key, or null when the word means none (an address typed by hand). */
export function viewOf(key: string): View | null {
  if (PLAIN.has(key)) return { kind: key as PlainKind };
  const match = /^(channel|label|saved|filter)-(.+)$/u.exec(key);
  const kind = match?.[1];
  const rest = match?.[2];
  if (rest === undefined) return null;
  if (kind === 'filter') {
    const filter = filterOf(rest);
    return filter === null ? null : { kind: 'filter', filter };
  }
  return { kind: kind as 'channel' | 'label' | 'saved', id: rest };
}

/** What a filter asks for, without what it does not. */
function filterWord(filter: ConversationFilter): string {
  return JSON.stringify(filter, (key, value: unknown) =>
    key !== '' && (value === null || (Array.isArray(value) && value.length === 0)) ? undefined : value,
  );
}

function filterOf(word: string): ConversationFilter | null {
  try {
    const parsed = ConversationFilter.safeParse({ ...NO_FILTER, ...(JSON.parse(word) as object) });
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Every key of the query cache. */
export const keys = {
  appState: ['app.state'],
  connection: ['connection'],
  lostOnQuit: ['lostOnQuit'],
  refusal: ['refusal'],
  views: ['views'],
  directory: ['directory'],
  lists: ['list'],
  list: (view: string, sort: string) => ['list', view, sort] as const,
  counts: ['count'],
  count: (filter: string) => ['count', filter] as const,
  settings: ['settings'],
  searches: ['search'],
  search: (text: string, conversationId: string | null) => ['search', conversationId, text] as const,
  details: ['detail'],
  detail: (conversationId: string) => ['detail', conversationId] as const,
  threads: ['thread'],
  thread: (conversationId: string) => ['thread', conversationId] as const,
  library: ['library'],
  outbox: ['outbox'],
  people: ['people'],
  peoplePage: (spec: string, page: number) => ['people', 'list', spec, page] as const,
  peopleCount: (filters: string) => ['people', 'count', filters] as const,
  persons: ['person'],
  person: (contactId: string) => ['person', contactId] as const,
  personTimeline: (contactId: string) => ['person', contactId, 'timeline'] as const,
  personFiles: (contactId: string) => ['person', contactId, 'files'] as const,
  retention: ['retention'],
  termination: ['termination'],
  storage: ['storage'],
  media: (mediaId: string) => ['media', mediaId] as const,
} as const;
