/** What the rest of the application may ask about contacts. Merged records stand for the person that they went into. */
import type {
  ContactDetail,
  ContactFile,
  ContactRow,
  ContactTimelineItem,
  DuplicatePair,
} from '../../../shared/contract/contacts.ts';
import type { RightsRow } from '../../../shared/contract/rights.ts';
import type { ChangeSet } from '../../../shared/contract/rows.ts';
import type { ConsentEntry } from '../../../shared/domain/consent.ts';
import type { ContactFilter, ContactSort } from '../../../shared/domain/contact-filter.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { PolicyProfile } from '../../../shared/domain/policy.ts';
import type { ErasureCounts } from './erase.ts';

/** Which contacts: what a filter lets through, and words, part of a number, an address, a label's name. */
export type PeopleQuery = { filter: ContactFilter; query: string; sort: ContactSort; now: number };
/** `offset` rows into the order. */
export type PeopleInput = PeopleQuery & { offset: number; limit: number };

export type PeopleReader = {
  contacts(input: PeopleInput): Promise<{ rows: ContactRow[]; total: number }>;
  /** How many each of the filters lets through, in their order. */
  contactCounts(input: { filters: readonly ContactFilter[]; now: number }): Promise<number[]>;
  /** Ids in the order of the list, for doing something to all of them: in stretches of any size. */
  contactIds(input: PeopleInput): Promise<string[]>;
  /** Null when there is no such contact here. Deleted ones are here. */
  contact(input: { id: string }): Promise<ContactDetail | null>;
  /** Those of them that are here, as they are shown, in the order of the ids; merged and deleted ones are among them. */
  contactsById(input: { ids: readonly string[] }): Promise<Contact[]>;
  /** The ledger of these people, newest first. */
  consents(input: { contactIds: readonly string[] }): Promise<ConsentEntry[]>;
  contactTimeline(input: {
    contactId: string;
    before: { at: number; id: string } | null;
    limit: number;
  }): Promise<{ items: ContactTimelineItem[]; more: boolean }>;
  contactFiles(input: { contactId: string }): Promise<ContactFile[]>;
  duplicates(input: {
    contactId: string | null;
    offset: number;
    limit: number;
  }): Promise<{ pairs: DuplicatePair[]; total: number }>;
  rights(input: { contactId: string | null }): Promise<RightsRow[]>;
  rightsRequest(input: { id: string }): Promise<RightsRow | null>;
  /** Every version of the gateway's profile that was told, the lowest first. */
  policyVersions(): Promise<PolicyProfile[]>;
};

export type PeopleWriter = {
  /**
   * Takes a person, and all that was merged into it, out of everything: tables, search, drafts, outbox, keys of files, staged rows. The
   * journal is emptied and free pages are given back before it answers. Names of files to remove are in `discardedFiles`. Commands that
   * are already kept as `contact.erase` stay.
   */
  eraseContact(input: {
    contactId: string;
    now: number;
  }): Promise<{ counts: ErasureCounts; changes: ChangeSet }>;
};
