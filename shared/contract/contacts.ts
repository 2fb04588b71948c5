/** Calls of the contact manager, and what its screens show. */
import { z } from 'zod';
import { ConsentEntry } from '../domain/consent.ts';
import { ContactField } from '../domain/contact-field.ts';
import { ContactFilter, ContactSort } from '../domain/contact-filter.ts';
import { Contact, ContactPatch } from '../domain/contact.ts';
import { Conversation } from '../domain/conversation.ts';
import { Id } from '../domain/id.ts';
import { ContactMerge, MergeChoices } from '../domain/merge.ts';
import { Message, Note } from '../domain/message.ts';
import { MediaRef } from '../domain/message-content.ts';
import { Activity } from '../domain/activity.ts';
import { Timestamp } from '../domain/time.ts';
import { ActionOutcome } from './actions.ts';
import { call, nothing } from './call.ts';

/** One line of the table. `unsynced`: an edit of this machine is not at the gateway yet. */
export const ContactRow = z.object({
  contact: Contact,
  conversations: z.number().int(),
  lastMessageAt: Timestamp.nullable(),
  unsynced: z.boolean(),
});
export type ContactRow = z.infer<typeof ContactRow>;

/** Which contacts an action is about: these, or everybody that the filter and the words let through, but for some. */
export const ContactSelection = z.union([
  z.object({ contactIds: z.array(Id).min(1).max(5000) }),
  z.object({ filter: ContactFilter, query: z.string().max(400), except: z.array(Id).max(5000) }),
]);
export type ContactSelection = z.infer<typeof ContactSelection>;

/** What can be done to many at once. Values of a patch replace; labels are added and removed. */
export const ContactAction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('edit'), patch: ContactPatch.omit({ labelIds: true }) }),
  z.object({ type: z.literal('labels'), add: z.array(Id).max(100), remove: z.array(Id).max(100) }),
  z.object({ type: z.literal('delete') }),
]);
export type ContactAction = z.infer<typeof ContactAction>;

/** Everything about a person but the timeline. */
export const ContactDetail = z.object({
  contact: Contact,
  conversations: z.array(Conversation),
  /** Newest first. */
  consents: z.array(ConsentEntry),
  /** Merges into this person that were not undone, newest first. */
  merges: z.array(ContactMerge),
  unsynced: z.boolean(),
});
export type ContactDetail = z.infer<typeof ContactDetail>;

/** One entry of a person's timeline, over all conversations. */
export const ContactTimelineItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: Message }),
  z.object({ type: z.literal('note'), note: Note }),
  z.object({ type: z.literal('activity'), activity: Activity }),
  z.object({ type: z.literal('consent'), entry: ConsentEntry }),
]);
export type ContactTimelineItem = z.infer<typeof ContactTimelineItem>;

export const ContactFile = z.object({
  media: MediaRef,
  messageId: Id,
  conversationId: Id,
  inbound: z.boolean(),
  at: Timestamp,
});
export type ContactFile = z.infer<typeof ContactFile>;

/** Why two records may be one person, the strongest reason first. */
export const DuplicateReason = z.enum([
  'same_identity',
  'same_phone',
  /** With and without Brazil's ninth digit, or Mexico's 1. */
  'phone_variant',
  'same_email',
  'close_name',
]);
export type DuplicateReason = z.infer<typeof DuplicateReason>;

export const DuplicatePair = z.object({
  first: Contact,
  second: Contact,
  reasons: z.array(DuplicateReason).min(1),
});
export type DuplicatePair = z.infer<typeof DuplicatePair>;

const contact = z.object({ contactId: Id });

export const contactCalls = {
  /** A stretch of the table: `offset` rows into the order. `total` of all that fit. */
  'contacts.list': call(
    z.object({
      filter: ContactFilter,
      /** Words, part of a number in any notation, an address, a label's name. */
      query: z.string().max(400),
      sort: ContactSort,
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    z.object({ rows: z.array(ContactRow), total: z.number().int() }),
  ),
  /** Live counts for filters: of segments, and of one that is being built. */
  'contacts.count': call(
    z.object({ filters: z.array(ContactFilter).min(1).max(50) }),
    z.object({ totals: z.array(z.number().int()) }),
  ),
  'contact.get': call(contact, ContactDetail),
  /** Newest first; `before` is the time and id of the last item of the page before. */
  'contact.timeline': call(
    z.object({
      contactId: Id,
      before: z.object({ at: Timestamp, id: Id }).nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({ items: z.array(ContactTimelineItem), more: z.boolean() }),
  ),
  'contact.files': call(contact, z.array(ContactFile)),
  /** Makes a contact (null id) or changes one. Refused with `invalid_value` and the name of the value that does not fit. */
  'contact.save': call(
    z.object({ contactId: Id.nullable(), patch: ContactPatch }),
    z.object({ contactId: Id, undoId: Id.nullable() }),
  ),
  /** Does the same to many, as one step that can be undone with `undo.apply`. */
  'contacts.apply': call(z.object({ selection: ContactSelection, action: ContactAction }), ActionOutcome),
  /** Opens a conversation with this person on a channel: the one that is there, or a new one. */
  'contact.converse': call(z.object({ contactId: Id, channelId: Id }), z.object({ conversationId: Id })),

  /** Pairs that may be one person, of everybody or of one. */
  'contacts.duplicates': call(
    z.object({
      contactId: Id.nullable(),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(100),
    }),
    z.object({ pairs: z.array(DuplicatePair), total: z.number().int() }),
  ),
  'contacts.keepApart': call(z.object({ firstId: Id, secondId: Id, apart: z.boolean() }), nothing),
  'contact.merge': call(
    z.object({ winnerId: Id, loserId: Id, choices: MergeChoices }),
    z.object({ mergeId: Id }),
  ),
  'contact.unmerge': call(z.object({ mergeId: Id }), nothing),

  /** Defines a custom field (null id: a new one). For owners. */
  'field.save': call(
    z.object({
      fieldId: Id.nullable(),
      field: ContactField.pick({ name: true, type: true, choices: true, position: true }),
    }),
    z.object({ fieldId: Id }),
  ),
  'field.delete': call(z.object({ fieldId: Id }), nothing),

  'consent.record': call(
    ConsentEntry.pick({
      contactId: true,
      purpose: true,
      channelKind: true,
      state: true,
      at: true,
      method: true,
      source: true,
    }),
    nothing,
  ),
  'contact.restrict': call(
    z.object({ contactId: Id, reason: z.string().min(1).max(2000).nullable() }),
    nothing,
  ),
} as const;
