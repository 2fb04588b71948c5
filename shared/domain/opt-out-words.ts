/**
 * The words with which people end and resume marketing. Only a message that is nothing but the word counts: "stop by tomorrow" is no
 * withdrawal. Sources: Meta, "Opt-out" (stop and its translations); CTIA Messaging Principles 5.1.3 and 47 CFR 64.1200(a)(10) for SMS.
 */
import { foldWord } from '../text/fold.ts';
import type { ChannelKind } from './channel.ts';

export type OptWord = { state: 'given' | 'withdrawn'; language: string };

type Words = { stop: readonly string[]; start: readonly string[] };

/** By language (BCP 47). A word of two languages belongs to the first. */
const WORDS: Readonly<Record<string, Words>> = {
  en: {
    stop: ['stop', 'stopall', 'stop all', 'unsubscribe', 'opt out', 'opt-out', 'optout'],
    start: ['start', 'unstop', 'subscribe', 'opt in', 'opt-in', 'optin'],
  },
  de: { stop: ['stopp', 'abmelden', 'abbestellen'], start: ['starten', 'anmelden', 'abonnieren'] },
  es: {
    stop: ['baja', 'darme de baja', 'dar de baja', 'parar', 'detener', 'cancelar suscripción'],
    start: ['alta', 'darme de alta', 'iniciar', 'suscribirme', 'suscribirse'],
  },
  pt: {
    stop: ['pare', 'sair', 'descadastrar', 'cancelar inscrição', 'cancelar subscrição'],
    start: ['começar', 'inscrever', 'quero receber'],
  },
  fr: {
    stop: ['arrêt', 'arrêter', 'arrêtez', 'désabonner', 'se désabonner', 'me désabonner'],
    start: ['démarrer', "s'abonner", 'abonner', "m'abonner"],
  },
  it: { stop: ['ferma', 'basta', 'disiscrivimi', 'cancellami'], start: ['avvia', 'inizia', 'iscrivimi'] },
  nl: { stop: ['afmelden', 'uitschrijven'], start: ['aanmelden', 'inschrijven'] },
  pl: { stop: ['wypisz', 'rezygnuję'], start: ['zapisz mnie'] },
  sv: { stop: ['stoppa', 'avregistrera'], start: ['starta'] },
  ru: { stop: ['стоп', 'отписаться', 'отписка'], start: ['старт', 'подписаться'] },
  uk: { stop: ['відписатися'], start: ['підписатися'] },
  tr: { stop: ['dur', 'durdur', 'abonelikten çık'], start: ['başlat', 'abone ol'] },
  ar: { stop: ['توقف', 'إيقاف', 'قف', 'إلغاء الاشتراك'], start: ['ابدأ', 'اشترك', 'اشتراك'] },
  he: { stop: ['עצור', 'הפסק', 'הסר', 'הסירו'], start: ['התחל', 'הצטרף'] },
  hi: { stop: ['रोकें', 'बंद करें'], start: ['शुरू', 'शुरू करें'] },
  id: { stop: ['berhenti'], start: ['mulai'] },
  ja: { stop: ['停止', '配信停止', 'ストップ'], start: ['開始', '再開', 'スタート'] },
  zh: { stop: ['退订', '退訂', '取消订阅'], start: ['开始', '订阅', '訂閱'] },
  ko: { stop: ['중지', '수신거부'], start: ['시작'] },
};

/** Further words that a carrier expects to end text messages; in a chat they are mostly about an order. */
const SMS_STOP: readonly string[] = ['end', 'quit', 'cancel', 'revoke'];

const KNOWN = new Map<string, OptWord>();
for (const [language, { stop, start }] of Object.entries(WORDS)) {
  for (const word of stop) remember(word, { state: 'withdrawn', language });
  for (const word of start) remember(word, { state: 'given', language });
}
const IN_SMS = new Set(SMS_STOP);
const LONGEST = 40;

function remember(word: string, meaning: OptWord): void {
  const key = folded(word);
  if (!KNOWN.has(key)) KNOWN.set(key, meaning);
}

/** Case, accents, punctuation around it and the width of spaces make no difference. */
function folded(text: string): string {
  return text
    .replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, '')
    .split(/[\s-]+/u)
    .map(foldWord)
    .join(' ');
}

/** What a message says about marketing when it is nothing but one of the words; null for everything else. */
export function optWordOf(text: string, channelKind: ChannelKind): OptWord | null {
  if (text.length > LONGEST) return null;
  const key = folded(text);
  if (channelKind === 'sms' && IN_SMS.has(key)) return { state: 'withdrawn', language: 'en' };
  return KNOWN.get(key) ?? null;
}

/** What the gateway answers, once. */
const CONFIRMATIONS: Readonly<Record<string, Record<OptWord['state'], string>>> = {
  en: {
    withdrawn: 'You will not get offers from us any more. To get them again, answer START.',
    given: 'You will get our offers. To end them, answer STOP.',
  },
  de: {
    withdrawn: 'Sie bekommen keine Angebote mehr von uns. Um sie wieder zu bekommen, antworten Sie START.',
    given: 'Sie bekommen unsere Angebote. Um sie zu beenden, antworten Sie STOPP.',
  },
  es: {
    withdrawn: 'Ya no recibirá ofertas nuestras. Para recibirlas de nuevo, responda ALTA.',
    given: 'Recibirá nuestras ofertas. Para dejar de recibirlas, responda BAJA.',
  },
  pt: {
    withdrawn: 'Você não receberá mais nossas ofertas. Para voltar a recebê-las, responda START.',
    given: 'Você receberá nossas ofertas. Para deixar de recebê-las, responda SAIR.',
  },
  fr: {
    withdrawn: 'Vous ne recevrez plus nos offres. Pour les recevoir à nouveau, répondez START.',
    given: 'Vous recevrez nos offres. Pour ne plus les recevoir, répondez STOP.',
  },
  it: {
    withdrawn: 'Non riceverà più le nostre offerte. Per riceverle di nuovo, risponda START.',
    given: 'Riceverà le nostre offerte. Per non riceverle più, risponda STOP.',
  },
  nl: {
    withdrawn: 'U krijgt geen aanbiedingen meer van ons. Antwoord START om ze weer te krijgen.',
    given: 'U krijgt onze aanbiedingen. Antwoord STOP om ermee te stoppen.',
  },
  ru: {
    withdrawn: 'Вы больше не будете получать наши предложения. Чтобы получать их снова, ответьте СТАРТ.',
    given: 'Вы будете получать наши предложения. Чтобы отказаться, ответьте СТОП.',
  },
  tr: {
    withdrawn: 'Artık tekliflerimizi almayacaksınız. Yeniden almak için START yazın.',
    given: 'Tekliflerimizi alacaksınız. Durdurmak için DUR yazın.',
  },
  ar: {
    withdrawn: 'لن تصلك عروضنا بعد الآن. لتلقيها من جديد أرسل: ابدأ',
    given: 'ستصلك عروضنا. لإيقافها أرسل: توقف',
  },
  he: {
    withdrawn: 'לא תקבלו מאיתנו הצעות נוספות. כדי לקבל שוב, השיבו: התחל',
    given: 'תקבלו את ההצעות שלנו. כדי להפסיק, השיבו: הסר',
  },
  ja: {
    withdrawn: '今後、ご案内はお送りしません。再開するには「開始」と返信してください。',
    given: 'ご案内をお送りします。停止するには「停止」と返信してください。',
  },
};

/**
 * The confirmation, in the language of the word; "stop" itself is understood everywhere, so it is answered in the contact's language
 * where that is known.
 */
export function optConfirmation(word: OptWord, contactLanguage: string | null): string {
  const spoken = contactLanguage?.split('-')[0]?.toLowerCase() ?? word.language;
  const texts = CONFIRMATIONS[word.language === 'en' ? spoken : word.language] ?? CONFIRMATIONS['en'];
  if (texts === undefined) throw new Error('a language without words');
  return texts[word.state];
}
