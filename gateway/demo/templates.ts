/** Approved and other templates of the Sales channel. */
import type { MessageButton } from '../../shared/domain/message-content.ts';
import type { Template } from '../../shared/domain/workspace.ts';

export type DemoTemplate = Omit<Template, 'id' | 'rev' | 'channelId'>;

const reply = (title: string): MessageButton => ({ type: 'reply', id: null, title, value: null });
const url = (title: string, value: string): MessageButton => ({ type: 'url', id: null, title, value });

const base: Omit<DemoTemplate, 'name' | 'language' | 'body'> = {
  category: 'utility',
  state: 'approved',
  quality: 'green',
  header: null,
  footer: null,
  buttons: [],
  reason: null,
};

function shipped(language: string, body: string, track: string, footer: string): DemoTemplate {
  return {
    ...base,
    name: 'order_shipped',
    language,
    header: { type: 'text', text: 'Lumen & Oak' },
    body,
    footer,
    buttons: [reply(track)],
  };
}

/** {{1}} the name, {{2}} the order, {{3}} the day. One for each language of the demo, used by its conversations. */
export const SHIPPED: readonly DemoTemplate[] = [
  shipped(
    'en',
    'Hi {{1}}, your order {{2}} has left our warehouse and should reach you on {{3}}.',
    'Track my parcel',
    'Reply STOP to opt out of updates',
  ),
  shipped(
    'de',
    'Hallo {{1}}, Ihre Bestellung {{2}} ist unterwegs und kommt voraussichtlich am {{3}} an.',
    'Sendung verfolgen',
    'Antworten Sie STOP, um keine Hinweise zu erhalten',
  ),
  shipped(
    'es',
    'Hola {{1}}, tu pedido {{2}} ya va de camino y llegará {{3}}.',
    'Seguir mi envío',
    'Responde STOP para no recibir avisos',
  ),
  shipped(
    'pt_BR',
    'Oi, {{1}}! Seu pedido {{2}} saiu para entrega e chega {{3}}.',
    'Rastrear pedido',
    'Responda PARAR para não receber avisos',
  ),
  shipped(
    'ar',
    'مرحبًا {{1}}، طلبك {{2}} في الطريق وسيصل يوم {{3}}.',
    'تتبع الطلب',
    'أرسل إيقاف لإلغاء الإشعارات',
  ),
];

export const OTHER_TEMPLATES: readonly DemoTemplate[] = [
  {
    ...base,
    name: 'order_confirmation',
    language: 'en_US',
    header: { type: 'document', text: null },
    body: 'Thank you for your order, {{1}}! Your order number is {{2}}.',
    buttons: [{ type: 'phone', id: null, title: 'Call the shop', value: '+972123456789' }],
  },
  {
    ...base,
    name: 'appointment_reminder',
    language: 'en',
    body: 'Hello {{1}}, a reminder of your visit to our showroom on {{2}} at {{3}}. Does that still suit you?',
    buttons: [reply('Yes, see you then'), reply('I need another time')],
  },
  {
    ...base,
    name: 'conversation_follow_up',
    language: 'en',
    category: 'utility',
    body: 'Hi {{1}}, we have news about your request. Reply to this message and we will pick it up where we left off.',
  },
  {
    ...base,
    name: 'conversation_follow_up',
    language: 'de',
    body: 'Hallo {{1}}, es gibt Neues zu Ihrer Anfrage. Antworten Sie einfach auf diese Nachricht, dann geht es weiter.',
  },
  {
    ...base,
    name: 'conversation_follow_up',
    language: 'es',
    state: 'pending',
    quality: 'unknown',
    body: 'Hola {{1}}, tenemos novedades sobre tu consulta. Responde a este mensaje y seguimos.',
  },
  {
    ...base,
    name: 'autumn_sale',
    language: 'en',
    category: 'marketing',
    quality: 'yellow',
    header: { type: 'image', text: null },
    body: 'Hi {{1}}, warm light for dark evenings: 20 % off all floor lamps until {{2}} with the code {{3}}.',
    footer: 'Reply STOP to unsubscribe',
    buttons: [
      url('See the lamps', 'https://lumen-and-oak.example/sale?c={{1}}'),
      { type: 'copy', id: null, title: 'Copy code', value: 'GLOW20' },
    ],
  },
  {
    ...base,
    name: 'autumn_sale',
    language: 'de',
    category: 'marketing',
    state: 'paused',
    quality: 'red',
    body: 'Hallo {{1}}, bis {{2}} gibt es 20 % auf alle Stehleuchten mit dem Code {{3}}.',
    footer: 'STOP zum Abmelden',
    reason: 'Paused for 3 hours because of negative feedback',
  },
  {
    ...base,
    name: 'abandoned_cart',
    language: 'en',
    category: 'marketing',
    state: 'rejected',
    quality: 'unknown',
    body: 'You left something behind: {{1}}{{2}}. Come back and save 10 %.',
    reason: 'INVALID_FORMAT',
  },
  {
    ...base,
    name: 'warranty_expired_offer',
    language: 'en',
    category: 'marketing',
    state: 'disabled',
    quality: 'red',
    body: 'Hi {{1}}, your warranty for {{2}} ends soon.',
    reason: 'Disabled after being paused twice',
  },
  {
    ...base,
    name: 'login_code',
    language: 'en',
    category: 'authentication',
    body: '{{1}} is your verification code. For your security, do not share it.',
    buttons: [{ type: 'copy', id: null, title: 'Copy code', value: null }],
  },
];
