/** The ids of who was erased, and of the conversations with them: pages, events and echoes about those are not heard any more. */
import type { ReadableDb } from '../sql.ts';

/** In the writer's memory: it is asked for every contact, conversation and message that comes. */
export class ErasedIds {
  readonly #db: ReadableDb;
  #ids = new Set<string>();

  constructor(db: ReadableDb) {
    this.#db = db;
    this.reload();
  }

  get size(): number {
    return this.#ids.size;
  }

  has(id: string | null | undefined): boolean {
    return id != null && this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
  }

  /** At the start and after a transaction that was rolled back. */
  reload(): void {
    this.#ids = new Set(this.#db.all<{ id: string }>`SELECT id FROM erased`.map((row) => row.id));
  }
}
