import type { ThreadItem } from '../../../../shared/contract/rows.ts';

/** Somebody who writes needs so long to notice what has arrived above, in ms. */
const NOTICED = 3_000;

export type Arrival = Extract<ThreadItem, { type: 'message' | 'note' }>;

/**
 * What the writer of one conversation has seen. Something foreign that arrived after the writing began and has not been in sight for a
 * moment counts as unseen: sending stops and shows it.
 */
export class Seen {
  readonly #meId: string;
  readonly #arrived = new Map<string, number>();
  #items: ReadonlyArray<ThreadItem> | null = null;
  #began: number | null = null;
  #visibleSince: number;

  constructor(meId: string, now: number) {
    this.#meId = meId;
    this.#visibleSince = now;
  }

  /** Notes the loaded items. The first ones were there when the conversation was opened. */
  show(items: ReadonlyArray<ThreadItem>, now: number): void {
    if (this.#items !== null) {
      const before = new Set(this.#items.map(idOf));
      for (const item of items) {
        const id = idOf(item);
        // History that is loaded before the oldest one is not news.
        if (!before.has(id) && isForeign(item, this.#meId) && isNewer(item, this.#items)) {
          this.#arrived.set(id, now);
        }
      }
    }
    this.#items = items;
  }

  /** Told on each change of the text: an empty one begins anew. */
  write(empty: boolean, now: number): void {
    if (empty) this.#began = null;
    else this.#began ??= now;
  }

  /** The window is in front again: what came meanwhile is noticed from now on. */
  visible(now: number): void {
    this.#visibleSince = now;
  }

  /** What arrived while this was written and has not been noticed; oldest first. */
  unseen(now: number): Arrival[] {
    const began = this.#began;
    if (began === null) return [];
    return (this.#items ?? []).filter((item): item is Arrival => {
      const at = this.#arrived.get(idOf(item));
      if (item.type === 'activity' || at === undefined || at < began) return false;
      return now - Math.max(at, this.#visibleSince) < NOTICED;
    });
  }

  /** Highest `rev` of what is shown; null when nothing is. */
  rev(): number | null {
    const revs = (this.#items ?? []).flatMap((item) => (item.type === 'activity' ? [] : [revOf(item)]));
    return revs.length === 0 ? null : Math.max(...revs);
  }
}

/** What somebody else wrote after a message: what to look at before that is sent after all. */
export function arrivedAfter(items: ReadonlyArray<ThreadItem>, messageId: string, meId: string): Arrival[] {
  const from = items.findIndex((item) => idOf(item) === messageId);
  const own = items[from];
  if (own?.type !== 'message') return [];
  return items.filter(
    (item): item is Arrival =>
      item.type !== 'activity' && isForeign(item, meId) && atOf(item) >= own.message.sentAt,
  );
}

function isForeign(item: ThreadItem, meId: string): boolean {
  if (item.type === 'activity') return false;
  if (item.type === 'note') return item.note.authorId !== meId;
  const { author } = item.message;
  return author.type !== 'user' || author.userId !== meId;
}

function isNewer(item: ThreadItem, before: ReadonlyArray<ThreadItem>): boolean {
  const last = before.at(-1);
  // A clock that is a little behind must not hide an arrival.
  return last === undefined || atOf(item) > atOf(before[0] ?? last);
}

function idOf(item: ThreadItem): string {
  if (item.type === 'message') return item.message.id;
  return item.type === 'note' ? item.note.id : item.activity.id;
}

function atOf(item: ThreadItem): number {
  if (item.type === 'message') return item.message.sentAt;
  return item.type === 'note' ? item.note.createdAt : item.activity.at;
}

function revOf(item: Arrival): number {
  return item.type === 'message' ? item.message.rev : item.note.rev;
}
