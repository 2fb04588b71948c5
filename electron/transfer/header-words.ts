/**
 * What headers are called: in English, German, Spanish, Portuguese and Arabic, and by Google Contacts, Outlook and Apple. Written as
 * `normalHeader` leaves them: lower case, without accents, digits and punctuation.
 */
import type { Target } from './targets.ts';

const WORDS: Readonly<Partial<Record<Target, string>>> = {
  name: `name|full name|display name|contact|contact name|customer|customer name|client|client name|fn|file as|person
    |vollstandiger name|voller name|anzeigename|kontakt|kontaktname|kunde|kundenname|ansprechpartner|vor und nachname
    |nombre completo|nombre y apellidos|nombre y apellido|nombre del cliente|cliente|contacto|nombre para mostrar
    |nome completo|nome do cliente|contato|nome de exibicao|nome e sobrenome
    |الاسم|الاسم الكامل|اسم العميل|العميل|اسم جهه الاتصال|جهه الاتصال|الاسم الثلاثي`,
  givenName: `first name|given name|forename|firstname|givenname|first
    |vorname|rufname
    |nombre|nombres|nombre de pila|primer nombre
    |nome|primeiro nome|nome proprio
    |الاسم الاول|الاسم الشخصي`,
  middleName: `middle name|additional name|middlename
    |zweiter vorname|weitere vornamen|zweitname
    |segundo nombre
    |nome do meio|segundo nome
    |الاسم الاوسط|اسم الاب`,
  familyName: `last name|family name|surname|lastname|familyname|last
    |nachname|familienname|zuname
    |apellido|apellidos|apellido paterno
    |sobrenome|apelido|ultimo nome|nome de familia
    |اسم العائله|الاسم الاخير|اللقب|الكنيه`,
  company: `company|company name|organization|organisation|organization name|organisation name|business|business name|employer|account name|org
    |firma|firmenname|unternehmen|organisation|betrieb|gesellschaft
    |empresa|compania|organizacion|nombre de la empresa|negocio|razon social
    |companhia|organizacao|nome da empresa|razao social
    |الشركه|اسم الشركه|المؤسسه|المنظمه|جهه العمل`,
  phone: `phone|phone number|phone value|telephone|telephone number|tel|mobile|mobile phone|mobile number|cell|cell phone|cellphone|home phone|business phone|work phone|primary phone|other phone|main phone|company main phone|whatsapp|whatsapp number|msisdn|phone no|mobile no|contact number
    |telefon|telefonnummer|handy|handynummer|mobil|mobiltelefon|mobilnummer|rufnummer|festnetz|telefon privat|telefon geschaftlich|telefon mobil|tel nr|whatsapp nummer
    |telefono|numero de telefono|celular|movil|telefono movil|telefono celular|numero de celular|numero de whatsapp|telefono de casa|telefono del trabajo
    |telefone|numero de telefone|telemovel|telefone celular|fone|telefone residencial|telefone comercial|numero do whatsapp|numero do celular
    |الهاتف|رقم الهاتف|الجوال|رقم الجوال|الموبايل|رقم الموبايل|المحمول|رقم المحمول|رقم الواتساب|واتساب|التليفون|هاتف|جوال|موبايل`,
  email: `email|e mail|mail|email address|e mail address|email value|e mail value|mail address
    |e mail adresse|email adresse|mailadresse|emailadresse
    |correo|correo electronico|direccion de correo|direccion de correo electronico
    |correio eletronico|endereco de email|endereco de e mail
    |البريد|البريد الالكتروني|الايميل|ايميل|بريد الكتروني|عنوان البريد الالكتروني`,
  language: `language|lang|preferred language|locale
    |sprache|bevorzugte sprache
    |idioma|lengua|idioma preferido
    |lingua|idioma preferencial
    |اللغه|لغه|اللغه المفضله`,
  timeZone: `time zone|timezone|tz
    |zeitzone
    |zona horaria|huso horario
    |fuso horario|fuso
    |المنطقه الزمنيه|التوقيت`,
  labels: `labels|label|tags|tag|categories|category|groups|group membership|group
    |etiketten|schlagworte|schlagworter|kategorien|kategorie|gruppen|gruppe|markierungen
    |etiquetas|etiqueta|categorias|categoria|grupos|grupo
    |marcadores|marcador
    |التصنيفات|التصنيف|الوسوم|الوسم|التسميات|المجموعات|المجموعه|الفئه`,
  note: `note|notes|comment|comments|remark|remarks|description|memo
    |notiz|notizen|bemerkung|bemerkungen|kommentar|anmerkung|anmerkungen|beschreibung
    |nota|notas|comentario|comentarios|observaciones|observacion|descripcion
    |observacoes|observacao|descricao|anotacoes
    |ملاحظه|ملاحظات|الملاحظات|تعليق|تعليقات|الوصف`,
  marketingConsent: `consent|marketing consent|opt in|optin|opted in|newsletter|marketing opt in|accepts marketing|subscribed
    |einwilligung|werbeeinwilligung|zustimmung|werbung erlaubt|einverstandnis
    |consentimiento|acepta marketing|consentimiento de marketing|suscrito
    |consentimento|aceita marketing|consentimento de marketing|inscrito
    |الموافقه|موافقه|الموافقه على التسويق|الاشتراك`,
};

/** A header in the form that the words have: digits of repeated columns go, Arabic letters that are often confused become one. */
export function normalHeader(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/[\p{Mn}\u0640]/gu, '')
    .replace(/ß/gu, 'ss')
    .replace(/[\u0623\u0625\u0622\u0671]/gu, '\u0627')
    .replace(/\u0629/gu, '\u0647')
    .replace(/\u0649/gu, '\u064A')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}

/** Normal header to target. The first meaning of a word that has several wins. */
export const HEADER_WORDS: ReadonlyMap<string, Target> = new Map(
  (Object.entries(WORDS) as [Target, string][])
    .flatMap(([target, words]) =>
      words.split('|').map((word): [string, Target] => [normalHeader(word), target]),
    )
    .toReversed(),
);
