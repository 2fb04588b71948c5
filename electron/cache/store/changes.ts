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
  library = false;
  /** The table of contacts, a count of it, or a request of the rights desk. */
  people = false;
  everything = false;

  /** A conversation whose thread, detail or row is another than before. */
  conversation(id: string): void {
    this.conversations.add(id);
  }

  /** What another transaction touched. */
  add(other: Changes): void {
    for (const id of other.conversations) this.conversations.add(id);
    for (const id of other.contacts) this.contacts.add(id);
    this.lists ||= other.lists;
    this.directory ||= other.directory;
    this.outbox ||= other.outbox;
    this.library ||= other.library;
    this.people ||= other.people;
    this.everything ||= other.everything;
  }

  toChangeSet(): ChangeSet {
    const everything = this.everything || this.conversations.size > LISTED || this.contacts.size > LISTED;
    return {
      conversations: everything ? [] : [...this.conversations],
      contacts: everything ? [] : [...this.contacts],
      lists: this.lists || everything,
      directory: this.directory || everything,
      outbox: this.outbox || everything,
      library: this.library || everything,
      people: this.people || everything,
      everything,
    };
  }
}
