/** The readable page of a bundle: plain HTML without scripts and without anything from elsewhere. */
import type { ContactDetail, ContactTimelineItem } from '../../../shared/contract/contacts.ts';
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import { searchableText } from '../../../shared/domain/message-content.ts';
import type { Label } from '../../../shared/domain/workspace.ts';
import { formatPhone } from '../../../shared/text/phone.ts';
import type { BundleWords } from './bundle-words.ts';

/** A file of the bundle. `path` inside of the archive; null: its bytes are not on this machine. */
export type BundleFile = { id: string; name: string; path: string | null; at: number; mimeType: string };

export type BundlePage = {
  detail: ContactDetail;
  fields: readonly ContactField[];
  labels: readonly Label[];
  timeline: AsyncIterable<ContactTimelineItem>;
  files: readonly BundleFile[];
  words: BundleWords;
  now: number;
};

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1b1f}' +
  'h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}' +
  'dt{color:#5c5c66}dd{margin:0;overflow-wrap:anywhere}.item{border-inline-start:3px solid #d5d5dd;margin:.75rem 0;padding:.1rem .75rem}' +
  '.in{border-color:#2f6fde}.meta{color:#5c5c66;font-size:.85rem}.text{white-space:pre-wrap;overflow-wrap:anywhere}';

export async function* bundlePage(page: BundlePage): AsyncGenerator<string, void, undefined> {
  const { detail, words } = page;
  const title = words.title(detail.contact.name);
  yield (
    `<!doctype html>\n<html lang="${words.language}" dir="${words.direction}">\n<head><meta charset="utf-8">` +
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
      `<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>\n` +
      `<body>\n<h1>${escapeHtml(title)}</h1>\n<p class="meta">${words.made} ${timeOf(page.now)}</p>\n` +
      `<h2>${words.person}</h2>\n<dl>${knownOf(page)}</dl>\n`
  );
  if (detail.consents.length > 0) yield `<h2>${words.consent}</h2>\n<ul>${consentsOf(page)}</ul>\n`;
  yield `<h2>${words.history}</h2>\n`;
  const names = new Map(page.files.map((file) => [file.id, file]));
  for await (const item of page.timeline) yield itemOf(item, words, names);
  if (page.files.length > 0) {
    yield `<h2>${words.files}</h2>\n<ul>${page.files.map((file) => `<li>${linkTo(file, words)} <span class="meta">${timeOf(file.at)}</span></li>`).join('')}</ul>\n`;
  }
  yield `<p class="meta">${words.machine} <a href="person.json">person.json</a>, <a href="schema.json">schema.json</a></p>\n</body>\n</html>\n`;
}

function knownOf({ detail: { contact }, fields, labels }: BundlePage): string {
  const named = new Map(fields.map((field) => [field.id, field]));
  const phones = [contact.phone, ...contact.phones].filter((phone) => phone !== null);
  const rows: [string, string | null][] = [
    ['Name', contact.name],
    ['Company', contact.company],
    ...phones.map((phone): [string, string] => ['Phone', formatPhone(phone, 'international')]),
    ...[contact.email, ...contact.emails].map((email): [string, string | null] => ['E-mail', email]),
    ...contact.identities.map((one): [string, string] => [one.channelKind, one.username ?? one.externalId]),
    ['Language', contact.language],
    ['Time zone', contact.timeZone],
    ...contact.labelIds.map((id): [string, string | null] => [
      'Label',
      labels.find((one) => one.id === id)?.name ?? null,
    ]),
    ...Object.entries(contact.fields).map(([id, value]): [string, string] => {
      const field = named.get(id);
      return [field?.name ?? id, field === undefined ? value : shownValue(field, value)];
    }),
    ['Note', contact.note],
  ];
  return rows
    .filter((row): row is [string, string] => row[1] !== null && row[1] !== '')
    .map(
      ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd class="text" dir="auto">${escapeHtml(value)}</dd>`,
    )
    .join('');
}

/** Choices by their names. */
export function shownValue(field: ContactField, value: string): string {
  if (field.type !== 'choice' && field.type !== 'choices') return value;
  return value
    .split(',')
    .map((id) => field.choices.find((choice) => choice.id === id)?.name ?? id)
    .join(', ');
}

function consentsOf({ detail, words }: BundlePage): string {
  return detail.consents
    .map(({ purpose, state, at, source, channelKind }) => {
      const about = [purpose, channelKind, words[state], timeOf(at), source];
      return `<li dir="auto">${escapeHtml(about.filter((part) => part !== null).join(' · '))}</li>`;
    })
    .join('');
}

function itemOf(
  item: ContactTimelineItem,
  words: BundleWords,
  files: ReadonlyMap<string, BundleFile>,
): string {
  if (item.type === 'activity' || item.type === 'consent') return '';
  if (item.type === 'note')
    return block('', `${words.note} · ${timeOf(item.note.createdAt)}`, item.note.body, '');
  const { message } = item;
  const inbound = message.direction === 'in';
  const media = 'media' in message.content ? files.get(message.content.media.id) : undefined;
  const meta = `${inbound ? words.fromPerson : words.fromCompany} · ${timeOf(message.sentAt)}`;
  return block(
    inbound ? ' in' : '',
    meta,
    searchableText(message.content),
    media === undefined ? '' : linkTo(media, words),
  );
}

function block(kind: string, meta: string, text: string, more: string): string {
  return `<div class="item${kind}"><div class="meta">${escapeHtml(meta)}</div><div class="text" dir="auto">${escapeHtml(text)}</div>${more}</div>\n`;
}

function linkTo(file: BundleFile, words: BundleWords): string {
  if (file.path === null) return `<span dir="auto">${escapeHtml(file.name)}</span> (${words.missing})`;
  return `<a dir="auto" href="${escapeHtml(file.path.split('/').map(encodeURIComponent).join('/'))}">${escapeHtml(file.name)}</a>`;
}

function timeOf(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').slice(0, 16).concat(' UTC');
}

export function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/gu, (char) => names[char] ?? char);
}
