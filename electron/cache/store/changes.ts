import type { ChangeSet } from '../../../shared/contract/rows.ts';

/** Above this many the page asks for everything again: cheaper than naming them. */
const LISTED = 500;

/** Collects what a transaction touches. */
export class Changes {
  readonly conversations = new Set<string>();
  readonly contacts = new Set<string>();
  lists = false;
  directory = false;
  outbox = false;
  everything = false;

  /** A conversation whose thread, detail or row is another than before. */
  conversation(id: string): void {
    this.conversations.add(id);
  }

  toChangeSet(): ChangeSet {
    const everything = this.everything || this.conversations.size > LISTED || this.contacts.size > LISTED;
    return {
      conversations: everything ? [] : [...this.conversations],
      contacts: everything ? [] : [...this.contacts],
      lists: this.lists || everything,
      directory: this.directory || everything,
      outbox: this.outbox || everything,
      everything,
    };
  }
}
