import type { WritableDb } from '../sql.ts';

/** Which conversations have anything in the outbox: nearly none, so that inbound events need not look there. */
export class PendingConversations {
  readonly #db: WritableDb;
  #ids = new Set<string>();

  constructor(db: WritableDb) {
    this.#db = db;
    this.reload();
  }

  has(conversationId: string): boolean {
    return this.#ids.has(conversationId);
  }

  add(conversationId: string): void {
    this.#ids.add(conversationId);
  }

  reload(): void {
    const rows = this.#db.all<{ id: string }>`SELECT DISTINCT conversation_id AS id FROM outbox`;
    this.#ids = new Set(rows.map((row) => row.id));
  }
}
