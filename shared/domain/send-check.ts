/**
 * Whether a message may go out now: asked by the composer while it is written, before it is sent, and again when the outbox is
 * flushed. What can never be sent comes before what only has to wait, and the two guards for people, which can be overridden,
 * come last. The gateway checks all but those again (gateway/server/commands/sendable.ts).
 */
import type { Channel } from './channel.ts';
import { consentNow } from './consent.ts';
import type { ConsentEntry, ConsentPurpose } from './consent.ts';
import type { Contact } from './contact.ts';
import { windowOf } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import type { Id } from './id.ts';
import type { MessageContent } from './message-content.ts';
import { sendableTemplate } from './template-fill.ts';
import type { UploadVerdict } from './upload-check.ts';
import { checkUpload } from './upload-check.ts';
import type { Template } from './workspace.ts';

/** In the order in which they are checked. */
export const HOLD_REASONS = [
  'blocked',
  'channel_suspended',
  'unsupported',
  'template_not_approved',
  'restricted',
  'opted_out',
  'no_consent',
  'window_closed',
  'too_large',
  'reassigned',
  'unseen',
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export type SendCheck = {
  content: MessageContent;
  conversation: Pick<Conversation, 'windowEndsAt' | 'lastInboundAt' | 'assigneeId'>;
  contact: Pick<Contact, 'blocked' | 'consent' | 'restriction'>;
  /** The contact's ledger. */
  consents: readonly ConsentEntry[];
  /** Why it goes out without recorded consent; undefined: no reason was given. */
  override?: string | undefined;
  channel: Pick<Channel, 'id' | 'kind' | 'capabilities' | 'health'>;
  /** The template of a template message as it is now; undefined when it is not (or no longer) known. */
  template?: Template | undefined;
  now: number;
  me: Id;
  /** `rev` up to which the writer has seen the conversation; undefined: do not guard, or "send anyway". */
  seenRev?: number | undefined;
  /** `rev` of the newest message or note that somebody else wrote; undefined: there is none. */
  newestForeignRev?: number | undefined;
  /** Who had the conversation when the message was written (null: nobody); undefined: do not guard. */
  assigneeIdWhenWritten?: Id | null | undefined;
};

/** What is too large, with its limit: characters of text, or the verdict about the file. */
export type SendVerdict =
  | { ok: true }
  | { ok: false; reason: Exclude<HoldReason, 'too_large' | 'unsupported'> }
  | {
      ok: false;
      reason: 'unsupported';
      part: 'kind' | 'templates' | 'empty' | 'file';
      file: FileProblem | null;
    }
  | {
      ok: false;
      reason: 'too_large';
      part: 'text' | 'caption' | 'file';
      limit: number;
      file: FileProblem | null;
    };
type FileProblem = Extract<UploadVerdict, { ok: false }>;

/** The first reason to hold a message back, or ok. */
export function checkSend(check: SendCheck): SendVerdict {
  if (check.contact.blocked) return hold('blocked');
  if (check.contact.restriction !== null) return hold('restricted');
  if (check.channel.health.state === 'suspended') return hold('channel_suspended');
  const verdict = check.content.kind === 'template' ? checkTemplate(check) : checkFree(check);
  return verdict ?? checkPeople(check) ?? { ok: true };
}

function hold(reason: Exclude<HoldReason, 'too_large' | 'unsupported'>): SendVerdict {
  return { ok: false, reason };
}

function unsupported(part: 'kind' | 'templates' | 'empty'): SendVerdict {
  return { ok: false, reason: 'unsupported', part, file: null };
}

function checkTemplate(check: SendCheck): SendVerdict | null {
  const { channel, contact, template } = check;
  if (!channel.capabilities.templates) return unsupported('templates');
  if (template === undefined || template.channelId !== channel.id) return hold('template_not_approved');
  const verdict = sendableTemplate(template, contact);
  if (verdict.ok) {
    return checkConsent(check, template.category === 'marketing' ? 'marketing' : 'service');
  }
  switch (verdict.reason) {
    case 'not_approved':
      return hold('template_not_approved');
    case 'opted_out':
      return hold('opted_out');
    case 'location_header':
      return unsupported('templates');
  }
}

function checkFree(check: SendCheck): SendVerdict | null {
  const shape = checkShape(check);
  // What the channel can never send is said before what only has to wait.
  if (shape?.ok === false && shape.reason === 'unsupported') return shape;
  const window = windowOf(check.conversation, check.channel.capabilities);
  if (window !== null && window.endsAt <= check.now) return hold('window_closed');
  return shape ?? checkConsent(check, 'service');
}

/**
 * A message of the company's own initiative, to somebody who has not written (or not within the window), needs consent that was recorded, or a
 * reason. Source: the gateways' policies (R000-6, R002-5).
 */
function checkConsent(check: SendCheck, purpose: ConsentPurpose): SendVerdict | null {
  const { conversation, channel } = check;
  const window = windowOf(conversation, channel.capabilities);
  const answering = window === null ? conversation.lastInboundAt !== null : window.endsAt > check.now;
  if (answering || check.override !== undefined) return null;
  return consentNow(check.consents, purpose, channel.kind) === 'given' ? null : hold('no_consent');
}

function checkShape({ content, channel: { capabilities } }: SendCheck): SendVerdict | null {
  switch (content.kind) {
    case 'text':
    case 'buttons':
    case 'list':
      return checkText('text', content.body, capabilities.textLimit);
    case 'image':
    case 'video':
    case 'document':
    case 'audio':
    case 'voice':
    case 'sticker': {
      const { media, kind } = content;
      const file = checkUpload(capabilities, { ...media, kind, size: media.size ?? 1 });
      if (!file.ok) return fileVerdict(file);
      const caption = 'caption' in content ? (content.caption ?? '') : '';
      return caption === '' ? null : checkText('caption', caption, capabilities.textLimit);
    }
    case 'contacts':
      return content.cards.length === 0 ? unsupported('empty') : null;
    case 'location':
      return null;
    default:
      // What only customers, providers and gateways say.
      return unsupported('kind');
  }
}

function checkText(part: 'text' | 'caption', text: string, limit: number): SendVerdict | null {
  if (text.trim() === '') return part === 'text' ? unsupported('empty') : null;
  return text.length > limit ? { ok: false, reason: 'too_large', part, limit, file: null } : null;
}

function fileVerdict(file: FileProblem): SendVerdict {
  return file.rule === 'size'
    ? { ok: false, reason: 'too_large', part: 'file', limit: file.maxBytes ?? 0, file }
    : { ok: false, reason: 'unsupported', part: 'file', file };
}

function checkPeople(check: SendCheck): SendVerdict | null {
  const { assigneeId } = check.conversation;
  const before = check.assigneeIdWhenWritten;
  // Back in the queue it is nobody's, and whoever writes may; only somebody else's conversation holds a message.
  if (before !== undefined && assigneeId !== null && assigneeId !== before && assigneeId !== check.me) {
    return hold('reassigned');
  }
  if (check.seenRev !== undefined && (check.newestForeignRev ?? -1) > check.seenRev) return hold('unseen');
  return null;
}
