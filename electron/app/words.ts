/** The few words that the application itself shows, outside of the page: in notifications and in the tray. */
import type { Language } from '../../shared/contract/settings.ts';

export type Words = {
  /** Shown instead of name and text. */
  newMessage: string;
  newMention: string;
  /** `count` at least 2. */
  newMessages(count: number): string;
  open: string;
  doNotDisturb: string;
  endDoNotDisturb: string;
  quit: string;
  /** The history is not kept on this machine, and so much waits to be sent. */
  unsentLost(count: number): string;
  stay: string;
};

type Spoken = Exclude<Language, 'system'>;

const WORDS: Record<Spoken, Words> = {
  en: {
    newMessage: 'New message',
    newMention: 'You were mentioned',
    newMessages: (count) => `${count} new messages`,
    open: 'Open Parley',
    doNotDisturb: 'Do not disturb for 1 hour',
    endDoNotDisturb: 'End do not disturb',
    quit: 'Quit',
    unsentLost: (count) =>
      `Not sent yet: ${count}. This workspace keeps nothing on this machine, so it is lost when Parley ends.`,
    stay: 'Stay',
  },
  de: {
    newMessage: 'Neue Nachricht',
    newMention: 'Sie wurden erwähnt',
    newMessages: (count) => `${count} neue Nachrichten`,
    open: 'Parley öffnen',
    doNotDisturb: '1 Stunde nicht stören',
    endDoNotDisturb: 'Nicht stören beenden',
    quit: 'Beenden',
    unsentLost: (count) =>
      `Noch nicht gesendet: ${count}. Dieser Arbeitsbereich behält nichts auf diesem Gerät; es geht verloren, wenn Parley endet.`,
    stay: 'Bleiben',
  },
  es: {
    newMessage: 'Mensaje nuevo',
    newMention: 'Te han mencionado',
    newMessages: (count) => `${count} mensajes nuevos`,
    open: 'Abrir Parley',
    doNotDisturb: 'No molestar durante 1 hora',
    endDoNotDisturb: 'Terminar no molestar',
    quit: 'Salir',
    unsentLost: (count) =>
      `Sin enviar: ${count}. Este espacio no guarda nada en este equipo, así que se pierde al cerrar Parley.`,
    stay: 'Quedarse',
  },
  'pt-BR': {
    newMessage: 'Nova mensagem',
    newMention: 'Você foi mencionado',
    newMessages: (count) => `${count} novas mensagens`,
    open: 'Abrir o Parley',
    doNotDisturb: 'Não perturbe por 1 hora',
    endDoNotDisturb: 'Encerrar não perturbe',
    quit: 'Sair',
    unsentLost: (count) =>
      `Ainda não enviado: ${count}. Este espaço não guarda nada nesta máquina; isso se perde quando o Parley é encerrado.`,
    stay: 'Ficar',
  },
  ar: {
    newMessage: 'رسالة جديدة',
    newMention: 'تمت الإشارة إليك',
    newMessages: (count) => `عدد الرسائل الجديدة: ${count}`,
    open: 'فتح Parley',
    doNotDisturb: 'عدم الإزعاج لمدة ساعة',
    endDoNotDisturb: 'إنهاء عدم الإزعاج',
    quit: 'إنهاء',
    unsentLost: (count) =>
      `لم يُرسَل بعد: ${count}. لا تحتفظ مساحة العمل هذه بشيء على هذا الجهاز، فيضيع ذلك عند إغلاق Parley.`,
    stay: 'البقاء',
  },
};

/** `locale` is the system's (BCP 47), for those who have not chosen. */
export function wordsFor(language: Language, locale: string): Words {
  if (language !== 'system') return WORDS[language];
  const [spoken = ''] = locale.toLowerCase().split(/[-_.]/u);
  switch (spoken) {
    case 'de':
    case 'es':
    case 'ar':
      return WORDS[spoken];
    case 'pt':
      return WORDS['pt-BR'];
    default:
      return WORDS.en;
  }
}
