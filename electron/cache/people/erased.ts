/** The ids of who was erased, and of the conversations with them: pages, events and echoes about those are not heard any more. */
import type { ReadableDb } from '../sql.ts';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;

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

  /** Whether a text, as JSON has it, names one of them. */
  isNamedIn(text: string): boolean {
    if (this.#ids.size === 0) return false;
    for (const [id] of text.matchAll(UUID)) if (this.#ids.has(id)) return true;
    return false;
  }

  add(id: string): void {
    this.#ids.add(id);
  }

  /** At the start and after a transaction that was rolled back. */
  reload(): void {
    this.#ids = new Set(this.#db.all<{ id: string }>`SELECT id FROM erased`.map((row) => row.id));
  }
}
