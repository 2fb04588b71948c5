/** What lively customers feel like doing: every few seconds somebody does something, and who was written to answers. */
import type { Identity } from '../../../shared/domain/contact.ts';
import { SECOND } from '../../../shared/domain/time.ts';
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import type { ProviderFact } from '../provider.ts';
import type { Clock } from './clock.ts';
import type { Customers, ReceivedMessage, SimulatedCustomer } from './customer.ts';
import { saidFact } from './facts.ts';
import { simulatedFile } from './media/files.ts';
import type { Random } from './random.ts';

export type MoodPorts = {
  clock: Clock;
  random: Random;
  customers: Customers;
  /** Does something after `ms`, unless the simulator is closed by then. */
  later(ms: number, action: () => void): void;
  tell(...facts: ProviderFact[]): void;
  typing(signal: { channelId: string; identity: Identity; typing: boolean }): void;
};

export type Moods = {
  /** Starts the stream of events; each schedules the next. */
  begin(): void;
  /** The customer has read this and may answer. */
  answer(customer: SimulatedCustomer, message: ReceivedMessage): void;
};

/** A typing signal is void after ten seconds (shared/protocol/README.md, 2.10), so nobody types longer than that. */
const LONGEST_TYPING = 8 * SECOND;
/** Whoever has written this often without an answer waits for one. */
const PATIENCE = 3;
const EMOJI = ['👍', '❤️', '🙏', '😂', '😮'];

export function createMoods({ clock, random, customers, later, tell, typing }: MoodPorts): Moods {
  let count = 0;

  /** Ids must not come back after a restart, when the count starts anew. */
  function freshId(): string {
    count += 1;
    return `sim.in.${clock.now().toString(36)}.${count}`;
  }

  function say(customer: SimulatedCustomer, content: MessageContent, quoted: string | null = null): void {
    const providerId = freshId();
    customer.unanswered += 1;
    if (content.kind === 'text') customer.written.push({ providerId, body: content.body });
    tell(saidFact(customer.member, providerId, content, clock.now(), quoted));
  }

  /** Types for as long as the text takes, then sends it. */
  function type(customer: SimulatedCustomer, body: string, quoted: string | null, done: () => void): void {
    const { channelId, party, textOnly } = customer.member;
    const signal = { channelId, identity: party.identity };
    if (!textOnly) typing({ ...signal, typing: true });
    later(Math.min(LONGEST_TYPING, 1200 + body.length * 45), () => {
      if (!textOnly) typing({ ...signal, typing: false });
      say(customer, { kind: 'text', body }, quoted);
      done();
    });
  }

  function answer(customer: SimulatedCustomer, message: ReceivedMessage): void {
    const { member } = customer;
    if (customer.answering || member.replies.length === 0) return;
    const last = customer.answers >= 3;
    if (last && !random.chance(0.4)) return;
    customer.answering = true;
    customer.answers = last ? 0 : customer.answers + 1;
    later(random.int(1500, 7000), () => {
      const question = message.content.kind === 'buttons' ? message.content.buttons[0] : undefined;
      if (question !== undefined) {
        const { id, title } = question;
        say(
          customer,
          { kind: 'answer', source: 'button', id, title, description: null, fields: [] },
          message.providerId,
        );
        customer.answering = false;
        return;
      }
      const body = random.pick(last ? member.thanks : member.replies);
      type(customer, body, random.chance(0.1) && !member.textOnly ? message.providerId : null, () => {
        customer.answering = false;
      });
    });
  }

  function open(customer: SimulatedCustomer): void {
    if (customer.answering) return;
    customer.answering = true;
    const { opened, member } = customer;
    if (member.openers.every((opener) => opened.has(opener))) opened.clear();
    const opener = random.pick(member.openers.filter((each) => !opened.has(each)));
    opened.add(opener);
    type(customer, opener, null, () => {
      customer.answering = false;
    });
  }

  function sendFile(customer: SimulatedCustomer): void {
    const number = random.int(0, 999);
    const media: MessageContent = random.pick<MessageContent>([
      { kind: 'image', media: simulatedFile('image', number), caption: null },
      {
        kind: 'image',
        media: simulatedFile('image', number + 1),
        caption: random.pick(customer.member.thanks),
      },
      { kind: 'voice', media: simulatedFile('voice', number) },
      { kind: 'sticker', media: simulatedFile('sticker', number), animated: false },
      { kind: 'document', media: simulatedFile('document', number, 'order.pdf'), caption: null },
    ]);
    say(customer, media);
  }

  /** Only texts of this run are known, so early on there may be nothing to do. */
  function correct(customer: SimulatedCustomer): void {
    const text = customer.written.at(-1);
    if (text === undefined) return open(customer);
    const body = `${text.body} ☺️`;
    const { channelId } = customer.member;
    tell({
      type: 'edit',
      channelId,
      providerId: text.providerId,
      content: { kind: 'text', body },
      at: clock.now(),
    });
    text.body = body;
  }

  function takeBack(customer: SimulatedCustomer): void {
    const text = customer.written.pop();
    if (text === undefined) return open(customer);
    const { channelId } = customer.member;
    tell({ type: 'delete', channelId, providerId: text.providerId, at: clock.now(), by: 'contact' });
  }

  function react(customer: SimulatedCustomer): void {
    const message = customer.received.at(-1);
    if (message === undefined) return open(customer);
    const { channelId } = customer.member;
    const emoji = random.chance(0.1) ? null : random.pick(EMOJI);
    tell({
      type: 'reaction',
      channelId,
      providerId: message.providerId,
      by: 'contact',
      emoji,
      at: clock.now(),
    });
  }

  /** Mostly the few people who are already in a conversation, so that threads grow instead of all being one line long. */
  function somebody(): SimulatedCustomer {
    const patient = customers.cast.filter((customer) => customer.unanswered < PATIENCE);
    const willing = patient.length > 0 ? patient : customers.cast;
    const talking = willing.filter((customer) => customer.received.length > 0 || customer.written.length > 0);
    return talking.length > 0 && random.chance(0.6) ? random.pick(talking) : random.pick(willing);
  }

  function act(): void {
    const customer = somebody();
    if (customer.member.textOnly) return open(customer);
    const mood = random.next();
    if (mood < 0.62) open(customer);
    else if (mood < 0.78) sendFile(customer);
    else if (mood < 0.88) react(customer);
    else if (mood < 0.95) correct(customer);
    else takeBack(customer);
  }

  function next(): void {
    later(random.int(4_000, 11_000), () => {
      act();
      next();
    });
  }

  return {
    begin() {
      if (customers.cast.length > 0) next();
    },
    answer,
  };
}
