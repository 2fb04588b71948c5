/** The few words of the page that a person gets with their data. Not the page's catalogue: this file is made without the page. */
import type { Language } from '../../../shared/contract/settings.ts';

export type BundleWords = {
  language: string;
  direction: 'ltr' | 'rtl';
  title(name: string): string;
  made: string;
  person: string;
  consent: string;
  history: string;
  files: string;
  machine: string;
  fromPerson: string;
  fromCompany: string;
  note: string;
  missing: string;
  given: string;
  withdrawn: string;
};

const WORDS: Record<Exclude<Language, 'system'>, BundleWords> = {
  en: {
    language: 'en',
    direction: 'ltr',
    title: (name) => `Data about ${name}`,
    made: 'Made on',
    person: 'What is known about the person',
    consent: 'Consent',
    history: 'Messages and notes',
    files: 'Files',
    machine: 'The same for machines, with its schema:',
    fromPerson: 'from the person',
    fromCompany: 'from the company',
    note: 'internal note',
    missing: 'not on this machine',
    given: 'given',
    withdrawn: 'withdrawn',
  },
  de: {
    language: 'de',
    direction: 'ltr',
    title: (name) => `Daten zu ${name}`,
    made: 'Erstellt am',
    person: 'Was über die Person bekannt ist',
    consent: 'Einwilligungen',
    history: 'Nachrichten und Notizen',
    files: 'Dateien',
    machine: 'Dasselbe maschinenlesbar, mit Schema:',
    fromPerson: 'von der Person',
    fromCompany: 'vom Unternehmen',
    note: 'interne Notiz',
    missing: 'nicht auf diesem Gerät',
    given: 'erteilt',
    withdrawn: 'widerrufen',
  },
  es: {
    language: 'es',
    direction: 'ltr',
    title: (name) => `Datos sobre ${name}`,
    made: 'Generado el',
    person: 'Lo que se sabe de la persona',
    consent: 'Consentimientos',
    history: 'Mensajes y notas',
    files: 'Archivos',
    machine: 'Lo mismo para máquinas, con su esquema:',
    fromPerson: 'de la persona',
    fromCompany: 'de la empresa',
    note: 'nota interna',
    missing: 'no está en este equipo',
    given: 'dado',
    withdrawn: 'retirado',
  },
  'pt-BR': {
    language: 'pt-BR',
    direction: 'ltr',
    title: (name) => `Dados sobre ${name}`,
    made: 'Gerado em',
    person: 'O que se sabe sobre a pessoa',
    consent: 'Consentimentos',
    history: 'Mensagens e notas',
    files: 'Arquivos',
    machine: 'O mesmo para máquinas, com o esquema:',
    fromPerson: 'da pessoa',
    fromCompany: 'da empresa',
    note: 'nota interna',
    missing: 'não está neste computador',
    given: 'dado',
    withdrawn: 'retirado',
  },
  ar: {
    language: 'ar',
    direction: 'rtl',
    title: (name) => `بيانات ${name}`,
    made: 'أُنشئ في',
    person: 'ما هو معروف عن الشخص',
    consent: 'الموافقات',
    history: 'الرسائل والملاحظات',
    files: 'الملفات',
    machine: 'الشيء نفسه للآلات، مع مخططه:',
    fromPerson: 'من الشخص',
    fromCompany: 'من الشركة',
    note: 'ملاحظة داخلية',
    missing: 'ليس على هذا الجهاز',
    given: 'مُنحت',
    withdrawn: 'سُحبت',
  },
};

/** In the person's language where there are words for it, else in that of the settings. */
export function bundleWords(personLanguage: string | null, settings: Language): BundleWords {
  const spoken = personLanguage?.toLowerCase().split('-')[0];
  const known = Object.values(WORDS).find(({ language }) => language.toLowerCase().split('-')[0] === spoken);
  return known ?? (settings === 'system' ? WORDS.en : WORDS[settings]);
}
