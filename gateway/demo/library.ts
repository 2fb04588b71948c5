/** What the people of the demo have put together for themselves: canned replies, macros, views. Labels and teams are named by key. */
import type { CannedReply, LibraryContent } from '../../shared/domain/library.ts';
import { NO_FILTER } from '../../shared/domain/conversation-filter.ts';

export type DemoLibrary = { labelIds: { refund: string; delivery: string; vip: string }; serviceId: string };

const reply = (folder: string, shortcut: string, title: string, body: string): CannedReply => ({
  kind: 'canned_reply',
  shortcut,
  title,
  folder,
  body,
});

/** Several languages, because the customers write in several: the shortcut ends with the language where it is not English. */
const REPLIES: readonly CannedReply[] = [
  reply(
    'Greetings',
    'hello',
    'Hello',
    'Hi {{contact.first_name}}, this is {{agent.name}} from Lumen & Oak. How can I help you?',
  ),
  reply(
    'Greetings',
    'hallo',
    'Begrüßung',
    'Hallo {{contact.first_name}}, hier ist {{agent.name}} von Lumen & Oak. Wie kann ich Ihnen helfen?',
  ),
  reply(
    'Greetings',
    'hola',
    'Saludo',
    'Hola, {{contact.first_name}}. Soy {{agent.name}} de Lumen & Oak. ¿En qué puedo ayudarte?',
  ),
  reply(
    'Greetings',
    'ola',
    'Saudação',
    'Olá, {{contact.first_name}}! Aqui é {{agent.name}}, da Lumen & Oak. Como posso ajudar?',
  ),
  reply(
    'Greetings',
    'ahlan',
    'ترحيب',
    'أهلاً {{contact.first_name}}، معك {{agent.name}} من Lumen & Oak. كيف أساعدك؟',
  ),
  reply(
    'Delivery/Dates',
    'delivery',
    'Delivery window',
    'Our drivers call *30 minutes* before they arrive. Which number should they use, {{contact.first_name}}?',
  ),
  reply(
    'Delivery/Dates',
    'lieferung',
    'Liefertermin',
    'Unsere Fahrer rufen *30 Minuten* vorher an. Welche Nummer sollen sie nehmen?',
  ),
  reply(
    'Delivery/Trouble',
    'late',
    'A delivery is late',
    'I am sorry, {{contact.first_name}}. I am asking the warehouse right now and come back to you within the hour.',
  ),
  reply(
    'Refunds',
    'refund',
    'Refund on its way',
    'The refund has been sent. Depending on your bank it takes _three to five working days_ to arrive.',
  ),
  reply(
    'Refunds',
    'devolucion',
    'Devolución en camino',
    'Ya hemos enviado el reembolso. Según tu banco, tarda _de tres a cinco días hábiles_ en llegar.',
  ),
  reply(
    'Warranty',
    'photo',
    'Ask for a photo',
    'Could you send a photo of the damage and of the label underneath? Then I can order the part today.',
  ),
  reply(
    'Closing',
    'bye',
    'Anything else?',
    'Glad I could help! Is there anything else I can do for you on {{channel.name}}?',
  ),
];

/** The team's things, as their content. */
export function teamLibrary({ labelIds, serviceId }: DemoLibrary): LibraryContent[] {
  const nothing = { reply: null, addLabelIds: [], removeLabelIds: [], assign: null, status: null };
  return [
    ...REPLIES,
    {
      kind: 'macro',
      ...nothing,
      title: 'Refund done, close',
      reply: 'The refund has been sent, {{contact.first_name}}. Thank you for your patience!',
      addLabelIds: [labelIds.refund],
      status: 'closed',
    },
    {
      kind: 'macro',
      ...nothing,
      title: 'Hand to Service',
      reply: 'I am passing you on to my colleagues of Service, who can help you best.',
      assign: { teamId: serviceId },
    },
    {
      kind: 'macro',
      ...nothing,
      title: 'Mine, about a delivery',
      addLabelIds: [labelIds.delivery],
      assign: 'me',
      status: 'open',
    },
    {
      kind: 'macro',
      ...nothing,
      title: 'Back to the queue',
      removeLabelIds: [labelIds.delivery],
      assign: 'queue',
      status: 'open',
    },
    {
      kind: 'saved_view',
      title: 'Window closing soon',
      filter: { ...NO_FILTER, status: ['open'], windowClosingMinutes: 120 },
      sort: 'window',
    },
    {
      kind: 'saved_view',
      title: 'VIPs who wait',
      filter: { ...NO_FILTER, status: ['open'], labelIds: [labelIds.vip], waitingMinutes: 15 },
      sort: 'waiting',
    },
  ];
}

/** What Maya keeps for herself. */
export const MAYAS_REPLY: LibraryContent = reply(
  'Mine',
  'fika',
  'Out for a moment',
  'I am back in ten minutes, {{contact.first_name}}, and then this is the first thing I look at.',
);
