/** Conversations as a file: who goes in is settled and audited when it is prepared, the bytes are made while they are read. */
import type { z } from 'zod';
import type { ConversationExportFormat, backupCalls } from '../../../shared/contract/backup.ts';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { ConversationDetail, ThreadCursor, ThreadItem } from '../../../shared/contract/rows.ts';
import type { CacheReader } from '../../cache/api.ts';
import type { Context } from '../context.ts';
import { utf8 } from '../exports/tickets.ts';
import { failure } from '../failures.ts';
import { htmlOf } from './html.ts';
import { jsonOf } from './json.ts';
import { textOf } from './text.ts';

const MIME: Record<ConversationExportFormat, string> = {
  json: 'application/json',
  html: 'text/html',
  text: 'text/plain',
};
const ENDING: Record<ConversationExportFormat, string> = { json: 'json', html: 'html', text: 'txt' };
/** Ids in one answer of the cache; lines of a thread in one. */
const ALL = 1_000_000;
const LINES = 500;

/** What a writer of a format gets: one conversation after the other, each with its lines, oldest first. */
export type ExportedConversation = ConversationDetail & { items(): AsyncIterable<ThreadItem> };
export type ConversationExport = {
  conversations: AsyncIterable<ExportedConversation>;
  /** Of a colleague by id. */
  nameOf(userId: string): string;
  exportedAt: number;
  language: string;
  direction: 'ltr' | 'rtl';
};

export async function exportConversations(
  context: Context,
  { scope, format }: z.output<(typeof backupCalls)['conversations.export']['input']>,
): Promise<CallOutput<'conversations.export'>> {
  const { cache } = context.ready();
  const now = context.now();
  const me = context.ready().session.me.id;
  const wanted = await idsOf(cache.read, scope, me, now);
  const ids: string[] = [];
  let restricted = 0;
  let found = 0;
  for (const id of wanted) {
    const detail = await cache.read.conversation({ id });
    if (detail === null) continue;
    found += 1;
    if (detail.contact.restriction === null) ids.push(id);
    else restricted += 1;
  }
  if (found === 0) throw failure('not_found', 'none of them is on this machine');
  const counts = { conversations: ids.length, restricted };
  // Before anybody can read it: an export that is not in the audit does not happen.
  const subjects = 'conversationIds' in scope ? ids.slice(0, 100) : [];
  await context.audit({ action: `conversations.export.${format}`, subjects, counts, reason: null });
  const fileName = `conversations-${new Date(now).toISOString().slice(0, 10)}.${ENDING[format]}`;
  const { users } = await cache.read.directory();
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const language = languageOf(context);
  const ticket = context.tickets.issue({ fileName, mimeType: MIME[format], bytes: () => bytes() }, now);
  const underWay = context.exporting.begin(ticket, ids.length);
  const bytes = () =>
    underWay.watched(
      utf8(
        { json: jsonOf, html: htmlOf, text: textOf }[format]({
          conversations: underWay.counted(read(cache.read, ids)),
          nameOf: (id) => names.get(id) ?? id,
          exportedAt: now,
          language,
          direction: language.startsWith('ar') ? 'rtl' : 'ltr',
        }),
      ),
    );
  return { ticket, fileName, ...counts };
}

function languageOf(context: Context): string {
  const { language } = context.settings.get();
  return language === 'system' ? context.shell.locale() : language;
}

async function idsOf(
  read: CacheReader,
  scope: z.output<(typeof backupCalls)['conversations.export']['input']>['scope'],
  me: string,
  now: number,
): Promise<string[]> {
  if ('conversationIds' in scope) return [...new Set(scope.conversationIds)];
  const of = (view: Parameters<CacheReader['conversationIds']>[0]['view']) =>
    read.conversationIds({ view, sort: 'newest', me, now, limit: ALL });
  if ('view' in scope) return of(scope.view);
  const all = [await of({ kind: 'all' }), await of({ kind: 'snoozed' }), await of({ kind: 'closed' })];
  return [...new Set(all.flat())];
}

async function* read(
  reader: CacheReader,
  ids: readonly string[],
): AsyncGenerator<ExportedConversation, void, undefined> {
  for (const id of ids) {
    const detail = await reader.conversation({ id });
    // Erased or restricted since it was prepared.
    if (detail === null || detail.contact.restriction !== null) continue;
    yield { ...detail, items: () => itemsOf(reader, id) };
  }
}

/** What lies at the gateway only is not in it: an export shows what is on this machine. */
async function* itemsOf(
  reader: CacheReader,
  conversationId: string,
): AsyncGenerator<ThreadItem, void, undefined> {
  let after: ThreadCursor = { at: 0, id: '' };
  for (;;) {
    const page = await reader.thread({ conversationId, before: null, after, limit: LINES });
    for (const item of page.items) yield item;
    const last = page.items.at(-1);
    if (!page.newer || last === undefined) return;
    after = placeOf(last);
  }
}

function placeOf(item: ThreadItem): ThreadCursor {
  if (item.type === 'message') return { at: item.message.sentAt, id: item.message.id };
  return item.type === 'note'
    ? { at: item.note.createdAt, id: item.note.id }
    : { at: item.activity.at, id: item.activity.id };
}
