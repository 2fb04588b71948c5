/** Script of a reader thread: queries, and on a thread of its own the searches. It has no method that writes. */
import type { CacheReader, CacheSearcher } from '../api.ts';
import { readAudit, verifyAudit } from '../audit/chain.ts';
import { copyInto, countsOf, fileNames, lookThrough, readPortion } from '../backup/copy.ts';
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
import { openReaderConnection } from '../connection.ts';
import {
  readConversation,
  readHistoryOf,
  readIncomplete,
  readMissing,
  readMessage,
  readStandings,
} from '../read/conversation.ts';
import { readDiagnostics, readDump } from '../read/diagnostics.ts';
import { readDirectory } from '../read/directory.ts';
import { countFilter, readConversationIds, readConversations, readViews } from '../read/inbox.ts';
import { readDiscardedFiles, readMedia, readMediaKey } from '../read/media.ts';
import { readSendFacts } from '../read/send-facts.ts';
import { readOutboxItems } from '../read/outbox.ts';
import { readNextSendTime, readOutboxDue, readUnsent } from '../outbox/line.ts';
import { readThread, readThreadAround } from '../read/thread.ts';
import { search } from '../search/search.ts';
import { ShardReader } from '../search/shards.ts';
import { ReadableDb } from '../sql.ts';
import { readLibrary } from '../store/library.ts';
import { readSession } from '../store/session.ts';
import { publicSyncState, readSyncState } from '../store/sync-state.ts';
import { readPragmas } from './pragmas.ts';
import { serve } from './serve.ts';

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
    nextSendTime: (input) => readNextSendTime(db, input),
    media: (input) => readMedia(db, input),
    mediaKey: (input) => readMediaKey(db, input),
    discardedFiles: () => readDiscardedFiles(db),
    dump: () => readDump(db),
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
    verifyAudit: () => verifyAudit(db),
    search: (input) => search(db, input, shards),
    pragmas: () => readPragmas(db),
  };
}

serve({
  open(data, slow) {
    const raw = openReaderConnection(data);
    const db = new ReadableDb(raw, slow);
    const handlers = handlersOf(db);
    // One state of the file for all statements of a request.
    const inOneState = Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [
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
    // Of a copy: nobody writes to it. And VACUUM INTO goes into no transaction.
    const ofCopies = {
      copyInto: (input: Parameters<typeof copyInto>[1]) => copyInto(raw, input),
      lookThrough: () => lookThrough(raw, db),
      counts: () => countsOf(db),
      fileNames: () => fileNames(db),
      portion: (input: Parameters<typeof readPortion>[1]) => readPortion(db, input),
    };
    return { handlers: { ...inOneState, ...ofCopies }, close: () => void raw.close() };
  },
});
