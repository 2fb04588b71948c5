/** What has to hold before a message may go out (channel, contact, window, template, size): each a typed refusal. */
import { consentNow } from '../../../shared/domain/consent.ts';
import type { ConsentPurpose } from '../../../shared/domain/consent.ts';
import { windowOf } from '../../../shared/domain/conversation.ts';
import type { Conversation } from '../../../shared/domain/conversation.ts';
import type { Capabilities, Channel, UploadKind } from '../../../shared/domain/channel.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { MediaRef, MessageContent } from '../../../shared/domain/message-content.ts';
import { mimeOf, takesMime } from '../../../shared/domain/mime.ts';
import { placeholdersOf } from '../../../shared/domain/template-fill.ts';
import { SECOND } from '../../../shared/domain/time.ts';
import type { Template } from '../../../shared/domain/workspace.ts';
import { canSeeConversation } from '../../store/visibility.ts';
import { Refusal } from '../errors.ts';
import type { CommandContext } from './command-context.ts';

/** Until a disconnected number is looked at again. */
const DISCONNECTED_WAIT_MS = 30 * SECOND;
/** Most of what can be attached besides files: contact cards, buttons, sections. */
const MAX_PARTS = 100;

export function checkChannel(channel: Channel): void {
  if (channel.health.state === 'suspended') throw new Refusal('channel_suspended');
  if (channel.health.state === 'disconnected') {
    throw new Refusal('unavailable', 'the channel is disconnected', DISCONNECTED_WAIT_MS);
  }
}

/** The content as it will be sent (files as the gateway knows them). `overridden`: it goes out without the consent that it needs. */
export type Sendable = { content: MessageContent; overridden: boolean };

/** Throws the refusal that applies. `override`: the reason for writing without recorded consent, or null. */
export function checkSendable(
  context: CommandContext,
  conversation: Conversation,
  contact: Contact,
  channel: Channel,
  content: MessageContent,
  override: string | null,
): Sendable {
  if (contact.blocked) throw new Refusal('blocked');
  if (contact.restriction !== null) throw new Refusal('restricted');
  checkChannel(channel);
  if (content.kind === 'template') {
    const template = checkTemplate(context, contact, channel, content);
    const headerMedia = content.headerMedia == null ? null : checkedFile(context, content.headerMedia).ref;
    const purpose = template.category === 'marketing' ? 'marketing' : 'service';
    const overridden = needsOverride(context, conversation, channel, purpose, override);
    const { names: _, ...values } = content.variables;
    const names = namesOf(template);
    const variables = names === null ? values : { ...values, names };
    return { content: { ...content, templateId: template.id, headerMedia, variables }, overridden };
  }
  const window = windowOf(conversation, channel.capabilities);
  if (window !== null && window.endsAt <= context.now) throw new Refusal('window_closed');
  const checked = checkContent(context, channel.capabilities, content);
  return { content: checked, overridden: needsOverride(context, conversation, channel, 'service', override) };
}

/**
 * A message of the company's own initiative needs consent that was recorded, or a reason; an answer needs neither. The rule of
 * shared/domain/send-check.ts.
 */
function needsOverride(
  { store, now }: CommandContext,
  conversation: Conversation,
  channel: Channel,
  purpose: ConsentPurpose,
  override: string | null,
): boolean {
  const window = windowOf(conversation, channel.capabilities);
  const answering = window === null ? conversation.lastInboundAt !== null : window.endsAt > now;
  if (answering) return false;
  const ledger = store.consents.of(conversation.contactId);
  if (consentNow(ledger, purpose, channel.kind) === 'given') return false;
  if (override === null) throw new Refusal('no_consent');
  return true;
}

function checkTemplate(
  { store, viewer }: CommandContext,
  contact: Contact,
  channel: Channel,
  content: Extract<MessageContent, { kind: 'template' }>,
): Template {
  if (!channel.capabilities.templates) throw new Refusal('unsupported', 'templates');
  const template =
    content.templateId === null
      ? store.catalogue.templateByName(channel.id, content.name, content.language)
      : store.catalogue.template(viewer.ws, content.templateId);
  if (template === null || template.channelId !== channel.id) throw new Refusal('not_found', 'template');
  if (template.name !== content.name || template.language !== content.language) {
    throw new Refusal('invalid', 'the template has another name or language');
  }
  if (template.state !== 'approved') throw new Refusal('template_not_approved');
  if (template.category === 'marketing' && contact.consent.state === 'opted_out')
    throw new Refusal('opted_out');
  return template;
}

/** The names of the placeholders, where they are not numbers: a provider needs to be told which value is whose. */
function namesOf(template: Template): { header: string[]; body: string[] } | null {
  const places = placeholdersOf(template);
  const of = (component: 'header' | 'body') =>
    places.filter((place) => place.component === component).map(({ name }) => name);
  const names = { header: of('header'), body: of('body') };
  return [...names.header, ...names.body].some((name) => !/^\d+$/u.test(name)) ? names : null;
}

function checkContent(
  context: CommandContext,
  capabilities: Capabilities,
  content: MessageContent,
): MessageContent {
  switch (content.kind) {
    case 'text':
      checkText(content.body, capabilities);
      return content;
    case 'image':
    case 'video':
    case 'document': {
      if (content.caption !== null && content.caption.length > capabilities.textLimit) {
        throw new Refusal('too_large', 'caption');
      }
      return { ...content, media: checkUpload(context, capabilities, content.kind, content.media) };
    }
    case 'audio':
    case 'voice':
    case 'sticker':
      return { ...content, media: checkUpload(context, capabilities, content.kind, content.media) };
    case 'buttons':
      checkText(content.body, capabilities);
      checkParts(content.buttons.length);
      return content;
    case 'list':
      checkText(content.body, capabilities);
      checkParts(
        content.sections.reduce((sum, section) => sum + section.rows.length, content.sections.length),
      );
      return content;
    case 'contacts':
      checkParts(content.cards.length);
      return content;
    case 'location':
      return content;
    default:
      // What only customers, providers and gateways say: an answer, an order, a call, a system message, an unknown kind.
      throw new Refusal('invalid', 'this kind cannot be sent');
  }
}

function checkText(body: string, capabilities: Capabilities): void {
  if (body.trim() === '') throw new Refusal('invalid', 'empty text');
  if (body.length > capabilities.textLimit) throw new Refusal('too_large', 'text');
}

function checkParts(count: number): void {
  if (count === 0) throw new Refusal('invalid', 'nothing in it');
  if (count > MAX_PARTS) throw new Refusal('too_large');
}

function checkUpload(
  context: CommandContext,
  capabilities: Capabilities,
  kind: UploadKind,
  media: MediaRef,
): MediaRef {
  const rule = capabilities.uploads[kind];
  if (rule === undefined) throw new Refusal('unsupported', kind);
  const { ref, size } = checkedFile(context, media);
  if (!takesMime(rule.mimeTypes, mimeOf(ref.mimeType, ref.fileName)))
    throw new Refusal('unsupported', 'file type');
  if (size > rule.maxBytes) throw new Refusal('too_large', 'file');
  return ref;
}

/** The file as the gateway knows it: size, type and hash are not the desktop's to say. It must be the user's to send. */
function checkedFile({ store, viewer }: CommandContext, media: MediaRef): { ref: MediaRef; size: number } {
  const row = store.media.get(media.id);
  if (row === null || row.ws !== viewer.ws) throw new Refusal('not_found', 'file');
  const seen =
    row.uploaderId === viewer.userId ||
    store.media.uses(row.id).some((use) => canSeeConversation(viewer, use));
  if (!seen) throw new Refusal('not_found', 'file');
  const ref = { ...media, mimeType: row.mimeType, size: row.size, sha256: row.sha256 };
  return { ref, size: row.size ?? 0 };
}
