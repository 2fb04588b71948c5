/** What readers answer: each method as one state of the file. None of them writes. */
import type { CacheReader, CacheSearcher } from '../api.ts';
import { readAudit, readAuditAfter, readAuditExtent, verifyAudit, verifyAuditPart } from '../audit/chain.ts';
import { judgeFiles } from '../backup/judge.ts';
import {
  readImport,
  readImportCounts,
  readImportLines,
  readImportMapping,
  readImportRows,
  readImports,
  readKnownContacts,
} from '../imports/read.ts';
import { Duplicates } from '../people/read-duplicates.ts';
import { readContactCounts, readContactIds, readContacts, readContactsById } from '../people/read-list.ts';
import { readConsents, readContact, readContactFiles, readContactTimeline } from '../people/read-person.ts';
import { readRights, readRightsRequest } from '../people/read-rights.ts';
import { PeopleTable } from '../people/table.ts';
import { readPolicyVersions } from '../store/directory.ts';
import {
  readConversation,
  readHistoryOf,
  readIncomplete,
  readMissing,
  readMessage,
  readStandings,
} from '../read/conversation.ts';
import { readDiagnosticKinds, readDiagnostics, readDump } from '../read/diagnostics.ts';
import { readDirectory } from '../read/directory.ts';
import { countFilter, readConversationIds, readConversations, readViews } from '../read/inbox.ts';
import { readDiscardedFiles, readMedia, readMediaKey } from '../read/media.ts';
import { readSendFacts } from '../read/send-facts.ts';
import { readOutboxItems } from '../read/outbox.ts';
import { readNextSendTime, readOutboxDue, readUnsent, readUnsentWork } from '../outbox/line.ts';
import { readThread, readThreadAround } from '../read/thread.ts';
import { readKept } from '../retention/kept.ts';
import { readOutline, readPreview, readSamples } from '../retention/outline.ts';
import { readReceipts, readRunning } from '../retention/purge.ts';
import { readRules } from '../retention/rules.ts';
import { readPrecious } from '../retention/carry.ts';
import { checkTable, readCheckedTables, readEvictable, readSpace } from '../retention/space.ts';
import { search } from '../search/search.ts';
import { ShardReader } from '../search/shards.ts';
import type { ReadableDb } from '../sql.ts';
import { readLibrary } from '../store/library.ts';
import { readSession } from '../store/session.ts';
import { publicSyncState, readSyncState } from '../store/sync-state.ts';
import { readPragmas } from './pragmas.ts';

type Methods = CacheReader & CacheSearcher;
type Implementation = { [K in keyof Methods]: (input: Parameters<Methods[K]>[0]) => unknown };

function handlersOf(db: ReadableDb): Implementation & { pragmas: () => unknown } {
  const shards = new ShardReader(db);
  const table = new PeopleTable(db);
  const duplicates = new Duplicates(db);
  return {
    session: () => readSession(db),
    syncState: () => publicSyncState(readSyncState(db)),
    views: (input) => readViews(db, input),
    conversations: (input) => readConversations(db, input),
    conversationIds: (input) => readConversationIds(db, input),
    conversationCount: (input) => countFilter(db, input),
    standings: (input) => readStandings(db, input),
    library: () => readLibrary(db),
    conversation: (input) => readConversation(db, input),
    thread: (input) => readThread(db, input),
    threadAround: (input) => readThreadAround(db, input),
    sendFacts: (input) => readSendFacts(db, input),
    missingHistory: (input) => readMissing(db, input),
    incompleteConversations: (input) => readIncomplete(db, input),
    historyOf: (input) => readHistoryOf(db, input),
    message: (input) => readMessage(db, input),
    directory: () => readDirectory(db),
    outboxDue: (input) => readOutboxDue(db, input),
    outboxItems: (input) => readOutboxItems(db, input),
    unsentCount: () => readUnsent(db),
    unsentWork: () => readUnsentWork(db),
    nextSendTime: (input) => readNextSendTime(db, input),
    media: (input) => readMedia(db, input),
    mediaKey: (input) => readMediaKey(db, input),
    discardedFiles: () => readDiscardedFiles(db),
    dump: () => readDump(db),
    diagnosticKinds: () => readDiagnosticKinds(db),
    diagnostics: () => readDiagnostics(db),
    contacts: (input) => readContacts(db, table, input),
    contactCounts: (input) => readContactCounts(table, input),
    contactIds: (input) => readContactIds(db, table, input),
    contact: (input) => readContact(db, input),
    contactsById: (input) => readContactsById(db, input),
    consents: (input) => readConsents(db, input),
    contactTimeline: (input) => readContactTimeline(db, input),
    contactFiles: (input) => readContactFiles(db, input),
    duplicates: (input) => duplicates.read(input),
    rights: (input) => readRights(db, input),
    rightsRequest: (input) => readRightsRequest(db, input),
    policyVersions: () => readPolicyVersions(db),
    imports: () => readImports(db),
    import: (input) => readImport(db, input),
    importRows: (input) => readImportRows(db, input),
    importLines: (input) => readImportLines(db, input),
    importCounts: (input) => readImportCounts(db, input),
    importMapping: (input) => readImportMapping(db, input),
    knownContacts: (input) => readKnownContacts(db, input),
    audit: (input) => readAudit(db, input),
    auditAfter: (input) => readAuditAfter(db, input),
    auditExtent: () => readAuditExtent(db),
    verifyAudit: () => verifyAudit(db),
    judgeFiles: (rows) => judgeFiles(db, rows),
    verifyAuditPart: (input) => verifyAuditPart(db, input),
    rules: () => readRules(db),
    purgePreview: (input) => readPreview(db, input),
    purgeOutline: (input) => readOutline(db, input),
    purgeSamples: (input) => readSamples(db, input),
    runningPurge: () => readRunning(db),
    receipts: () => readReceipts(db),
    lastPurge: () => readKept(db)?.at ?? null,
    space: (input) => readSpace(db, input),
    mediaBytes: () =>
      db.get<{ n: number }>`SELECT coalesce(sum(size), 0) AS n FROM media WHERE file IS NOT NULL`?.n ?? 0,
    evictable: (input) => readEvictable(db, input),
    precious: () => readPrecious(db),
    checkedTables: () => readCheckedTables(db),
    checkTable: (input) => checkTable(db, input),
    freePages: () => Number(db.raw.pragma('freelist_count', { simple: true })),
    search: (input) => search(db, input, shards),
    pragmas: () => readPragmas(db),
  };
}

/** The same, each in a transaction: one state of the file for all statements of a request. */
export function createReader(db: ReadableDb): Record<string, (input: never) => unknown> {
  const { raw } = db;
  return Object.fromEntries(
    Object.entries(handlersOf(db)).map(([name, handler]) => [
      name,
      (input: never) => {
        raw.exec('BEGIN');
        try {
          return handler(input);
        } finally {
          raw.exec('COMMIT');
        }
      },
    ]),
  );
}
