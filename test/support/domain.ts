/** Small states of a workspace, complete and valid: tests name only what they are about. */
import type { Channel } from '../../shared/domain/channel.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import { newId } from '../../shared/domain/id.ts';
import type { Message, Note } from '../../shared/domain/message.ts';
import { PolicyProfile } from '../../shared/domain/policy.ts';
import type { Label, User, Workspace } from '../../shared/domain/workspace.ts';

export const me: User = {
  id: newId(),
  name: 'Ines Agent',
  email: 'ines@example.test',
  role: 'agent',
  channelIds: null,
  disabled: false,
  rev: 1,
};
export const workspace: Workspace = { id: newId(), name: 'Example' };
export const channel: Channel = {
  id: newId(),
  kind: 'whatsapp',
  name: 'Sales',
  address: '+49 30 5550100',
  official: true,
  capabilities: {
    windowHours: 24,
    templates: true,
    qualityRating: true,
    reactions: true,
    quotes: true,
    readReceipts: true,
    textLimit: 4096,
    uploads: {},
  },
  health: { state: 'connected', quality: 'green', messagingLimit: null, detail: null, source: 'test' },
  firstReplyMinutes: null,
  rev: 1,
};
export const label: Label = { id: newId(), name: 'Urgent', colour: 'red', deleted: false, rev: 1 };
const promised = { value: 30, source: 'test' };
export const policy = PolicyProfile.parse({
  id: 'policy',
  name: 'Test',
  version: 1,
  effectiveAt: 0,
  storage: 'on',
  messageLogDays: promised,
  messageContentDays: promised,
  backupDays: promised,
  terminationDays: promised,
  requestDays: promised,
  breachHours: promised,
  minimumAge: promised,
  noticeDays: promised,
  minimumTls: '1.2',
  rights: {
    access: 'gateway',
    rectify: 'gateway',
    erase: 'gateway',
    port: 'gateway',
    restrict: 'gateway',
    object: 'gateway',
    withdraw: 'gateway',
  },
  rev: 1,
});

export function contactOf(fields: Partial<Contact> = {}): Contact {
  const id = fields.id ?? newId();
  return {
    id,
    name: 'Chris Customer',
    company: null,
    phone: null,
    phones: [],
    email: null,
    emails: [],
    language: null,
    timeZone: null,
    fields: {},
    labelIds: [],
    note: '',
    consent: { state: 'unknown', at: null, source: null },
    blocked: false,
    restriction: null,
    provenance: {},
    mergedInto: null,
    deleted: false,
    updatedAt: 1,
    identities: [
      { channelKind: 'whatsapp', externalId: id, parentExternalId: null, phone: null, username: null },
    ],
    createdAt: 1,
    rev: 1,
    ...fields,
  };
}

export function conversationOf(fields: Partial<Conversation> = {}): Conversation {
  return {
    id: newId(),
    channelId: channel.id,
    contactId: newId(),
    status: 'open',
    snoozedUntil: null,
    closeReason: null,
    assigneeId: null,
    teamId: null,
    labelIds: [],
    unread: 0,
    waitingSince: null,
    lastInboundAt: null,
    windowEndsAt: null,
    lastMessage: null,
    activeAt: 1_000,
    createdAt: 1,
    rev: 1,
    ...fields,
  };
}

export function messageOf(conversation: Conversation, body: string, fields: Partial<Message> = {}): Message {
  return {
    id: newId(),
    conversationId: conversation.id,
    channelId: conversation.channelId,
    direction: 'in',
    author: { type: 'contact' },
    sentAt: 1_000,
    content: { kind: 'text', body },
    quote: null,
    forwarded: 'no',
    referral: null,
    reactions: [],
    revisions: [],
    editedAt: null,
    deletedAt: null,
    deletedBy: null,
    delivery: null,
    providerId: null,
    rev: 1,
    ...fields,
  };
}

export function outgoingOf(conversation: Conversation, body: string, fields: Partial<Message> = {}): Message {
  return messageOf(conversation, body, {
    direction: 'out',
    author: { type: 'user', userId: me.id },
    delivery: { status: 'sent', at: 1_000, attempt: 1, error: null },
    ...fields,
  });
}

export function noteOf(conversation: Conversation, body: string, fields: Partial<Note> = {}): Note {
  return {
    id: newId(),
    conversationId: conversation.id,
    authorId: me.id,
    body,
    mentions: [],
    createdAt: 1_000,
    rev: 1,
    ...fields,
  };
}
