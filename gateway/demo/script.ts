/** Puts dialogues together into one conversation: what was said, when, and what became of it. */
import type { MessageContent } from '../../shared/domain/message-content.ts';
import type { Message } from '../../shared/domain/message.ts';
import { DAY, HOUR, SECOND } from '../../shared/domain/time.ts';
import type { Random } from '../providers/simulator/random.ts';
import type { Customer } from './cast.ts';
import { contentOfLine, parseLine } from './content.ts';
import type { Line } from './content.ts';
import type { Topic } from './dialogues/phrasebook.ts';
import { fill, variablesOf } from './fill.ts';
import type { Variables } from './fill.ts';
import type { ConversationPlan } from './plan.ts';

export type Said = {
  type: 'message';
  at: number;
  from: 'contact' | 'agent' | 'phone';
  content: MessageContent;
  /** Index of an earlier step that it answers. */
  quotes: number | null;
  forwarded: Message['forwarded'];
  referral: Message['referral'];
};
export type Step = Said | { type: 'note'; at: number; body: string };

export type Script = { topic: Topic; steps: Step[] };

type Beat = { line: Line; variables: Variables; gap: number };

const TYPES_IN_SMS = new Set([null, 'answer']);

/** The whole conversation, its last step `plan.age` before `now`. */
export function writeScript(
  customer: Customer,
  plan: ConversationPlan,
  now: number,
  random: Random,
  templateId: (name: string, language: string) => string | null,
): Script {
  const { beats, topic } = chooseBeats(customer, plan, random);
  const total = beats.reduce((sum, beat) => sum + beat.gap, 0) - (beats[0]?.gap ?? 0);
  let at = now - plan.age - total;
  const steps: Step[] = [];
  let previous: MessageContent | null = null;
  beats.forEach(({ line, variables, gap }, index) => {
    if (index > 0) at += gap;
    if (line.speaker === 'N') {
      steps.push({ type: 'note', at, body: fill(line.text, variables) });
      return;
    }
    const next = beats[index + 1]?.line ?? null;
    const content = contentOfLine(line, { customer, variables, previous, next, templateId, random });
    const step: Said = {
      type: 'message',
      at,
      from: speakerOf(line, customer, random),
      content,
      quotes: quoteOf(steps, line, random),
      forwarded: line.speaker === 'C' && content.kind === 'image' && random.chance(0.1) ? 'once' : 'no',
      referral: index === 0 && line.speaker === 'C' ? referralOf(customer, random) : null,
    };
    steps.push(step);
    previous = content;
  });
  return { topic, steps };
}

/** Whole dialogues until the length is reached; the last one is cut where the customer waits for an answer. */
function chooseBeats(
  customer: Customer,
  plan: ConversationPlan,
  random: Random,
): { beats: Beat[]; topic: Topic } {
  const { dialogues } = customer.book;
  const beats: Beat[] = [];
  let topic: Topic = 'advice';
  // The long conversation spreads over a year and a half; others had something to say once in a while.
  const rest = (): number => (plan.length > 500 ? random.int(1, 6) * DAY : random.int(2, 40) * DAY);
  let turn = random.int(0, dialogues.length - 1);
  while (beats.length < plan.length) {
    const dialogue = dialogues[turn % dialogues.length];
    if (dialogue === undefined) break;
    turn += 1;
    topic = dialogue.topic;
    const variables = {
      ...variablesOf(customer.book, customer.variables.name, random),
      street: customer.variables.street,
    };
    const lines = dialogue.lines
      .map(parseLine)
      .filter((line) => customer.channel !== 'sms' || (TYPES_IN_SMS.has(line.directive) && line.text !== ''))
      .filter((line) => customer.channel === 'sales' || line.directive !== 'template');
    lines.forEach((line, index) => {
      const before = index === 0 ? null : (lines[index - 1] ?? null);
      beats.push({ line, variables, gap: before === null ? rest() : gapBetween(before, line, random) });
    });
  }
  return { beats: cut(beats, plan), topic };
}

function cut(beats: Beat[], plan: ConversationPlan): Beat[] {
  const wanted = beats.slice(0, Math.max(3, plan.length));
  if (!plan.waiting) {
    // An answered conversation ends with the last whole word of the company, a closed one with the customer's thanks too.
    return plan.status === 'closed' ? wanted : trimmed(wanted, 'A');
  }
  return trimmed(wanted, 'C');
}

function trimmed(beats: Beat[], speaker: 'A' | 'C'): Beat[] {
  const last = beats.findLastIndex((beat) => beat.line.speaker === speaker);
  return last < 2 ? beats : beats.slice(0, last + 1);
}

function gapBetween(before: Line, line: Line, random: Random): number {
  if (before.speaker === line.speaker) return random.int(12, 75) * SECOND;
  if (line.speaker === 'N') return random.int(20, 120) * SECOND;
  if (line.speaker === 'A') return random.int(40, 500) * SECOND;
  return random.chance(0.12) ? random.int(1, 5) * HOUR : random.int(30, 1500) * SECOND;
}

/** The showroom also answers from the telephone on the counter. */
function speakerOf(line: Line, customer: Customer, random: Random): Said['from'] {
  if (line.speaker === 'C') return 'contact';
  return customer.channel === 'showroom' && random.chance(0.15) ? 'phone' : 'agent';
}

function quoteOf(steps: readonly Step[], line: Line, random: Random): number | null {
  if (!random.chance(line.speaker === 'A' ? 0.1 : 0.06)) return null;
  const from = steps.findLastIndex(
    (step) => step.type === 'message' && (step.from === 'contact') !== (line.speaker === 'C'),
  );
  return from < 0 ? null : from;
}

function referralOf(customer: Customer, random: Random): Message['referral'] {
  if (customer.channel !== 'sales' || !random.chance(0.12)) return null;
  return {
    sourceType: 'ad',
    sourceUrl: 'https://fb.me/lumen-and-oak-autumn',
    headline: 'Warm light for dark evenings',
    body: 'Hand-made lamps, delivered in five days.',
  };
}

/** Sentences that a customer sent too early: the wording before an edit. */
export function firstWording(body: string): string {
  const words = body.split(' ');
  return words.length < 4 ? `${body.slice(0, -1)}` : words.slice(0, -1).join(' ');
}
