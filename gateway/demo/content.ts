/** A line of a dialogue into what a message says. */
import type { MessageContent } from '../../shared/domain/message-content.ts';
import { simulatedFile } from '../providers/simulator/media/files.ts';
import type { Random } from '../providers/simulator/random.ts';
import type { Customer } from './cast.ts';
import type { Directive } from './dialogues/phrasebook.ts';
import type { Variables } from './fill.ts';
import { fill } from './fill.ts';
import { SHIPPED } from './templates.ts';

export type Line = { speaker: 'C' | 'A' | 'N'; directive: Directive | null; text: string };

export function parseLine(line: string): Line {
  const match = /^([CAN])(?: !(\w+))?(?: ([\s\S]*))?$/u.exec(line);
  if (match === null) throw new Error('a line of a dialogue that cannot be read');
  return {
    speaker: match[1] as Line['speaker'],
    directive: (match[2] ?? null) as Directive | null,
    text: match[3] ?? '',
  };
}

export type Around = {
  customer: Customer;
  variables: Variables;
  /** The kind of the message before, for answers, and the line after, for questions. */
  previous: MessageContent | null;
  next: Line | null;
  templateId(name: string, language: string): string | null;
  random: Random;
};

export function contentOfLine(line: Line, around: Around): MessageContent {
  const text = fill(line.text, around.variables);
  const caption = text === '' ? null : text;
  const number = around.random.int(0, 999);
  switch (line.directive) {
    case null:
      return { kind: 'text', body: text };
    case 'image':
      return { kind: 'image', media: simulatedFile('image', number), caption };
    case 'voice':
      return { kind: 'voice', media: simulatedFile('voice', number) };
    case 'audio':
      return { kind: 'audio', media: simulatedFile('voice', number, 'recording.wav') };
    case 'video':
      return { kind: 'video', media: simulatedFile('video', number), caption };
    case 'newnumber':
      return { kind: 'system', event: 'number_changed', text };
    case 'newphone':
      return { kind: 'system', event: 'identity_changed', text };
    case 'poll':
      // What the provider could not pass on: the customer's app has it, we only know that it was there.
      return { kind: 'unknown', type: 'poll', detail: text, rawId: null };
    case 'document': {
      const fileName = `${around.variables.order}.pdf`;
      return { kind: 'document', media: simulatedFile('document', number, fileName), caption };
    }
    case 'sticker':
      return { kind: 'sticker', media: simulatedFile('sticker', number), animated: false };
    case 'location':
      return locationOf(around, caption);
    case 'contacts':
      return contactOf(around);
    case 'order':
      return orderOf(around, caption);
    case 'buttons':
      return buttonsOf(around, text);
    case 'list':
      return listOf(around, text);
    case 'answer':
      return answerOf(around.previous, text);
    case 'flow':
      return ratingOf(around);
    case 'template':
      return templateOf(around);
    case 'call':
      return { kind: 'call', state: 'ended', video: false, durationMs: around.random.int(40, 400) * 1000 };
    case 'missed':
      return { kind: 'call', state: 'missed', video: false, durationMs: null };
  }
}

function locationOf({ variables, random }: Around, name: string | null): MessageContent {
  return {
    kind: 'location',
    latitude: Math.round((52.5 + random.next()) * 1e6) / 1e6,
    longitude: Math.round((13.3 + random.next()) * 1e6) / 1e6,
    name,
    address: `${variables.street}, ${variables.city}`,
    url: null,
  };
}

function contactOf({ customer, random }: Around): MessageContent {
  const phone = `+${customer.book.calling.code} ${random.pick(customer.book.calling.prefixes)} ${random.int(100_000, 999_999)}`;
  return {
    kind: 'contacts',
    cards: [
      {
        name: `Robin ${customer.name.split(' ').at(-1) ?? ''}`.trim(),
        organisation: `Studio ${customer.firstName}`,
        phones: [{ value: phone, label: 'WORK' }],
        emails: [{ value: 'accounts@studio.example', label: 'WORK' }],
      },
    ],
  };
}

function orderOf({ customer, random }: Around, note: string | null): MessageContent {
  const items = ['ARDEN-BRS', 'SOL-OAK', 'TOVE-GRN', 'HALO-60']
    .slice(0, random.int(1, 3))
    .map((productId) => ({
      productId,
      quantity: random.int(1, 4),
      price: random.int(39, 420),
      currency: customer.book.currency,
    }));
  return { kind: 'order', catalogId: '354160437058781', note, items };
}

function buttonsOf({ next, variables }: Around, body: string): MessageContent {
  const chosen = next?.directive === 'answer' ? fill(next.text, variables) : 'OK';
  const titles = [chosen, '👎'];
  return {
    kind: 'buttons',
    header: null,
    body,
    footer: 'Lumen & Oak',
    buttons: titles.map((title, index) => ({ type: 'reply', id: `choice-${index + 1}`, title, value: null })),
  };
}

function listOf({ customer, next, variables, random }: Around, body: string): MessageContent {
  const chosen =
    next?.directive === 'answer' ? fill(next.text, variables) : `${variables.day}, ${variables.slot}`;
  const others = customer.book.slots.slice(0, 2).map((slot) => `${random.pick(customer.book.days)}, ${slot}`);
  const titles = [...new Set([chosen, ...others])];
  return {
    kind: 'list',
    header: null,
    body,
    footer: null,
    button: '🗓',
    sections: [
      {
        title: null,
        rows: titles.map((title, index) => ({ id: `slot-${index + 1}`, title, description: null })),
      },
    ],
  };
}

function answerOf(previous: MessageContent | null, title: string): MessageContent {
  const source =
    previous?.kind === 'list' ? 'list' : previous?.kind === 'template' ? 'quick_reply' : 'button';
  return {
    kind: 'answer',
    source,
    id: source === 'list' ? 'slot-1' : 'choice-1',
    title,
    description: null,
    fields: [],
  };
}

function ratingOf({ random }: Around): MessageContent {
  const fields = [
    { name: 'rating', value: String(random.int(4, 5)) },
    { name: 'delivery', value: String(random.int(3, 5)) },
    { name: 'comment', value: random.pick(['Very friendly', 'Quick and easy', '😊']) },
  ];
  return {
    kind: 'answer',
    source: 'flow',
    id: null,
    title: 'How was our service?',
    description: null,
    fields,
  };
}

function templateOf({ customer, variables, templateId }: Around): MessageContent {
  const language = customer.book.language.replace('-', '_');
  const template = SHIPPED.find((candidate) => candidate.language === language) ?? SHIPPED[0];
  if (template === undefined) throw new Error('the demo has no templates');
  const values = [variables.name, variables.order, variables.day];
  return {
    kind: 'template',
    templateId: templateId(template.name, template.language),
    name: template.name,
    language: template.language,
    header: template.header?.text ?? null,
    body: template.body.replace(
      /\{\{(\d)\}\}/gu,
      (whole, digit: string) => values[Number(digit) - 1] ?? whole,
    ),
    footer: template.footer,
    buttons: template.buttons,
    variables: { header: [], body: values, buttons: [] },
  };
}
