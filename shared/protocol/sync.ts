/**
 * First sync and history: pages that the desktop asks for. Every page says up to which event it is true (`asOf`): it may be
 * applied only while the desktop's cursor is not beyond that number; otherwise the page is asked for again.
 */
import { z } from 'zod';
import { Activity } from '../domain/activity.ts';
import { Channel } from '../domain/channel.ts';
import { ConsentEntry } from '../domain/consent.ts';
import { ContactField } from '../domain/contact-field.ts';
import { Contact } from '../domain/contact.ts';
import { Conversation } from '../domain/conversation.ts';
import { Id } from '../domain/id.ts';
import { LegalHold } from '../domain/legal-hold.ts';
import { LibraryItem } from '../domain/library.ts';
import { ContactMerge } from '../domain/merge.ts';
import { Message, Note } from '../domain/message.ts';
import { BreachNotice } from '../domain/policy-clocks.ts';
import { PolicyProfile } from '../domain/policy.ts';
import { WorkspaceRetention } from '../domain/retention.ts';
import { RightsRequest } from '../domain/rights.ts';
import { Team } from '../domain/team.ts';
import { WorkspaceTermination } from '../domain/termination.ts';
import { Label, Template, User, Workspace } from '../domain/workspace.ts';
import { GatewayErrorSchema } from './errors.ts';

const AsOf = z.number().int().nonnegative();

/** The directory of the workspace and the number of the log at which a new cache starts to follow it. */
export const Snapshot = z.object({
  asOf: AsOf,
  workspace: Workspace,
  me: User,
  users: z.array(User),
  channels: z.array(Channel),
  teams: z.array(Team).default([]),
  labels: z.array(Label),
  templates: z.array(Template),
  /** The team's things and this user's own. */
  library: z.array(LibraryItem).default([]),
  fields: z.array(ContactField).default([]),
  /** Requests of people about their data, also of those who were erased. Left out: none. */
  rights: z.array(RightsRequest).optional(),
  /** Pairs of contacts that were said not to be one person. Left out: none. */
  keptApart: z.array(z.object({ firstId: Id, secondId: Id })).optional(),
  policy: PolicyProfile,
  /** The workspace's own rule, its legal holds (lifted ones too) and notices of a breach. Left out: none. */
  retention: WorkspaceRetention.optional(),
  holds: z.array(LegalHold).optional(),
  breaches: z.array(BreachNotice).optional(),
  /** The end of the workspace, also one that was taken back. Left out or null: none was announced. */
  termination: WorkspaceTermination.nullish(),
  /** What this user may see, for progress. `contacts`: those without a conversation; a gateway of before does not say. */
  totals: z.object({
    conversations: z.number().int(),
    messages: z.number().int(),
    contacts: z.number().int().optional(),
  }),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** `cursor`: null for the newest, then `next` of the page before. Opaque to the desktop. */
export const PageRequest = z.object({
  cursor: z.string().max(512).nullable(),
  limit: z.number().int().min(1).max(2000),
});
export type PageRequest = z.infer<typeof PageRequest>;

/** The ledger and the merges that hold, of the contacts of a page. Left out: none. */
const ofContacts = {
  consents: z.array(ConsentEntry).optional(),
  merges: z.array(ContactMerge).optional(),
};

/** Newest conversations first, each with its contact and its newest messages (oldest of them first). */
export const ConversationPage = z.object({
  asOf: AsOf,
  items: z.array(z.object({ conversation: Conversation, contact: Contact, messages: z.array(Message) })),
  ...ofContacts,
  next: z.string().nullable(),
});
export type ConversationPage = z.infer<typeof ConversationPage>;

/** Contacts in sight that have no conversation, newest first: the others come with their conversations. */
export const ContactPage = z.object({
  asOf: AsOf,
  contacts: z.array(Contact),
  ...ofContacts,
  next: z.string().nullable(),
});
export type ContactPage = z.infer<typeof ContactPage>;

/** Messages, notes and activities of all visible conversations, newest first. */
export const HistoryPage = z.object({
  asOf: AsOf,
  messages: z.array(Message),
  notes: z.array(Note),
  activities: z.array(Activity).default([]),
  next: z.string().nullable(),
});
export type HistoryPage = z.infer<typeof HistoryPage>;

/** The same for one conversation: for one that was granted, and for the thread that somebody scrolls back in. */
export const ConversationHistoryRequest = PageRequest.extend({ conversationId: Id });
export type ConversationHistoryRequest = z.infer<typeof ConversationHistoryRequest>;

/** `subscribe`: send me everything after this number. Also what a desktop says after a gap. */
export const SubscribeRequest = z.object({ cursor: z.number().int().nonnegative() });

/** Every answer over the socket is either the thing or a refusal. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: z.infer<typeof GatewayErrorSchema> };

/** Schema of an answer whose value is `value`. */
export function answerOf<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: GatewayErrorSchema }),
  ]);
}
