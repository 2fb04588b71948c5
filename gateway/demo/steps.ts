/** Writes the steps of one conversation into the store, with what happened to each message. */
import { newId } from '../../shared/domain/id.ts';
import type { Conversation } from '../../shared/domain/conversation.ts';
import { previewText } from '../../shared/domain/message-content.ts';
import type { Delivery, DeliveryError } from '../../shared/domain/message-status.ts';
import type { Message } from '../../shared/domain/message.ts';
import { MINUTE, SECOND } from '../../shared/domain/time.ts';
import type { Random } from '../providers/simulator/random.ts';
import type { Customer } from './cast.ts';
import { DEMO_CHANNELS } from './channels.ts';
import { MISHAPS } from './mishaps.ts';
import type { ConversationPlan } from './plan.ts';
import { firstWording } from './script.ts';
import type { Said, Script } from './script.ts';
import type { Frame } from './seed.ts';

export type Work = {
  customer: Customer;
  plan: ConversationPlan;
  script: Script;
  conversation: Conversation;
  random: Random;
};

const CUSTOMER_EMOJI = ['❤️', '👍', '🙏', '😍', '😂'];
const AGENT_EMOJI = ['👍', '😊', '🙌'];

/** Returns the conversation as it is after the last step; its `unread` counts what came after the last answer. */
export function writeSteps(frame: Frame, work: Work): Conversation {
  const { store, ws } = frame;
  const written: (Message | null)[] = [];
  let conversation = work.conversation;
  for (const [index, step] of work.script.steps.entries()) {
    if (step.type === 'note') {
      const authorId = frame.userIds[work.plan.agent];
      const note = {
        id: newId(step.at),
        conversationId: conversation.id,
        authorId,
        body: step.body,
        mentions: [],
        createdAt: step.at,
      };
      store.notes.add(ws, note, conversation);
      written.push(null);
      continue;
    }
    const message = messageOf(frame, work, step, index, written);
    const added = store.changes.addMessage(ws, message, answered(conversation, step), {
      dedupKey: `demo|${message.id}`,
      capabilities: DEMO_CHANNELS[work.customer.channel].capabilities,
      at: step.at,
    });
    if (added.message.delivery !== null) store.messages.addReport(added.message.id, added.message.delivery);
    written.push(added.message);
    conversation = added.conversation;
    afterwards(frame, work, added.message, index);
  }
  return store.conversations.get(ws, conversation.id) ?? conversation;
}

/** Whoever answers has read what came before. */
function answered(conversation: Conversation, step: Said): Conversation {
  return step.from === 'contact' ? conversation : { ...conversation, unread: 0 };
}

function messageOf(
  frame: Frame,
  work: Work,
  step: Said,
  index: number,
  written: readonly (Message | null)[],
): Message {
  const { store, ws } = frame;
  const { conversation } = work;
  const quoted = step.quotes === null ? null : (written[step.quotes] ?? null);
  const userId = frame.userIds[work.plan.agent];
  return {
    id: newId(step.at),
    conversationId: conversation.id,
    channelId: conversation.channelId,
    direction: step.from === 'contact' ? 'in' : 'out',
    author:
      step.from === 'contact'
        ? { type: 'contact' }
        : step.from === 'phone'
          ? { type: 'phone' }
          : { type: 'user', userId },
    sentAt: step.at,
    content: store.media.adoptContent(ws, conversation.channelId, conversation.id, step.content),
    quote:
      quoted === null
        ? null
        : {
            messageId: quoted.id,
            providerId: quoted.providerId,
            kind: quoted.content.kind,
            text: previewText(quoted.content),
          },
    forwarded: step.forwarded,
    referral: step.referral,
    reactions: [],
    revisions: [],
    editedAt: null,
    deletedAt: null,
    deletedBy: null,
    delivery: step.from === 'contact' ? null : deliveryOf(work, step, index),
    providerId: `sim.demo.${work.customer.index}.${index}`,
    rev: 0,
  };
}

function deliveryOf(work: Work, step: Said, index: number): Delivery {
  const { random, script, customer } = work;
  const heardAfter = script.steps
    .slice(index + 1, index + 30)
    .some((later) => later.type === 'message' && later.from === 'contact');
  if (fails(work, step, index)) {
    return {
      status: 'failed',
      at: step.at + 2 * SECOND,
      attempt: 1,
      error: random.pick(reasonsFor(step, customer)),
    };
  }
  if (customer.channel === 'sms')
    return { status: 'delivered', at: step.at + 4 * SECOND, attempt: 1, error: null };
  if (heardAfter) {
    const status = step.content.kind === 'voice' ? 'played' : 'read';
    return { status, at: step.at + random.int(5, 90) * SECOND, attempt: 1, error: null };
  }
  const status = random.pick(['sent', 'delivered', 'delivered', 'read', 'read'] as const);
  return { status, at: step.at + random.int(1, 40) * SECOND, attempt: 1, error: null };
}

/** About one message in eighty, and the last answer in some conversations, so that failures are found without scrolling. */
function fails({ random, customer, script }: Work, step: Said, index: number): boolean {
  if (step.from !== 'agent') return false;
  if (index === script.steps.length - 1 && customer.index % 8 === 6) return true;
  return random.chance(step.content.kind === 'template' ? 1 / 8 : 1 / 80);
}

/** The reasons that this message could have, the most telling ones first. */
function reasonsFor(step: Said, customer: Customer): readonly DeliveryError[] {
  const of = (...kinds: DeliveryError['kind'][]) => MISHAPS.filter(({ kind }) => kinds.includes(kind));
  if (customer.channel === 'sms') return of('undeliverable');
  if (step.content.kind === 'template') return of('template_paused', 'opted_out', 'experiment');
  if ('media' in step.content) return of('media_rejected');
  return customer.channel === 'sales'
    ? of('undeliverable', 'window_closed', 'rate_limited', 'unavailable')
    : of('undeliverable', 'unavailable');
}

/** Reactions, edits and deletions. Only what is a while old, so that nothing happens after now. */
function afterwards(frame: Frame, work: Work, message: Message, index: number): void {
  const { store, ws, now } = frame;
  const { random, customer } = work;
  if (customer.channel === 'sms' || message.sentAt > now - 10 * MINUTE) return;
  const at = message.sentAt + random.int(20, 100) * SECOND;
  const later = index < work.script.steps.length - 1;
  const inbound = message.direction === 'in';
  if (!inbound) {
    if (message.delivery?.status !== 'failed' && random.chance(0.08)) {
      store.changes.react(ws, message, { by: 'contact', emoji: random.pick(CUSTOMER_EMOJI), at }, at);
    }
    return;
  }
  const fate = random.next();
  const isText = message.content.kind === 'text' && message.content.body.length > 12;
  if (fate < 0.04) {
    const by = frame.userIds[work.plan.agent];
    store.changes.react(ws, message, { by, emoji: random.pick(AGENT_EMOJI), at }, at);
  } else if (fate < 0.08 && isText) {
    edit(frame, message, at);
  } else if (fate < 0.092 && later) {
    store.changes.remove(ws, message, at, 'contact', at);
  }
}

/** The message gets an earlier wording: the text of the script is what it was corrected to. */
function edit({ store, ws }: Frame, message: Message, at: number): void {
  if (message.content.kind !== 'text') return;
  const before: Message = {
    ...message,
    content: { ...message.content, body: firstWording(message.content.body) },
  };
  store.changes.edit(ws, before, message.content, at, at);
}
