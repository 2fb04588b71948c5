/**
 * What each table is. `cache`: can be had again from the gateway, so it may be thrown away. `precious`: exists nowhere else and is
 * carried over when a damaged file is set aside. A test compares this list with the file.
 * The shards of the search index (search/shards.ts) come and go with their rows and are not listed: they are cache.
 */
export const TABLES = {
  session: 'precious',
  outbox: 'precious',
  drafts: 'precious',
  sync_state: 'cache',
  index_state: 'cache',
  counters: 'cache',
  directory: 'cache',
  conversations: 'cache',
  conversation_labels: 'cache',
  contacts: 'cache',
  identities: 'cache',
  messages: 'cache',
  message_base: 'cache',
  status_history: 'cache',
  notes: 'cache',
  media: 'cache',
  discarded_files: 'cache',
  quarantine: 'cache',
  contact_index: 'cache',
} as const satisfies Record<string, 'cache' | 'precious'>;
