/** Script of the writer thread: the only connection that changes the file, migrates it and checkpoints it. */
import { MEMORY } from '../options.ts';
import type { CacheWriter } from '../api.ts';
import { readCipherFacts } from '../cipher-facts.ts';
import { openMemoryConnection, openWriterConnection } from '../connection.ts';
import { type EncryptInto, encryptInto } from '../encrypt-into.ts';
import { acquireLock } from '../lock.ts';
import { migrate } from '../migrations/list.ts';
import { rebuild } from '../salvage.ts';
import { WritableDb } from '../sql.ts';
import { readPragmas } from './pragmas.ts';
import { serve } from './serve.ts';
import type { Priorities } from './serve.ts';
import { createReader } from './reads.ts';
import { createWriter } from './writes.ts';

export type WriterMethods = { [K in keyof CacheWriter]: (input: Parameters<CacheWriter[K]>[0]) => unknown };

/**
 * What a person waits for goes before what the gateway sends: a message is kept, marked and settled between two events of a batch, not
 * after all of them. Each of these is right before and after any batch or page, because answers and events overtake each other anyway.
 */
const PRIORITIES: Priorities = {
  urgent: new Set<keyof WriterMethods | 'showKept'>([
    'enqueue',
    'enqueueMany',
    'withdraw',
    'hold',
    'reviseMessage',
    'retryMessage',
    'discardMessage',
    'showKept',
    'markSending',
    'settle',
    'resetSending',
    'saveDraft',
    'stageMedia',
  ]),
  bulk: new Set<keyof WriterMethods>([
    'applyBatch',
    'applyPage',
    'restorePortion',
    'maintain',
    'purgeStep',
    'compactStep',
    'appendAudits',
  ]),
};

serve({
  priorities: PRIORITIES,
  open(data, slow, gap) {
    if (data.file === MEMORY) {
      // One thread for everything: nobody else can see this connection's memory.
      const raw = openMemoryConnection();
      migrate(raw);
      const db = new WritableDb(raw, slow);
      return { handlers: { ...createReader(db), ...createWriter(db, gap) }, close: () => void raw.close() };
    }
    const lock = acquireLock(data.file);
    try {
      if (data.recover === true) {
        const report = rebuild(data, new Date());
        return { handlers: { report: () => report }, close: () => lock.release() };
      }
      const raw = openWriterConnection(data);
      try {
        migrate(raw);
        const db = new WritableDb(raw, slow);
        const handlers = {
          ...createWriter(db, gap),
          pragmas: () => readPragmas(db),
          cipherFacts: () => readCipherFacts(raw),
          encryptInto: (input: EncryptInto) => encryptInto(raw, input),
        };
        return {
          handlers,
          close() {
            raw.pragma('optimize');
            raw.close();
            lock.release();
          },
        };
      } catch (error) {
        raw.close();
        throw error;
      }
    } catch (error) {
      lock.release();
      throw error;
    }
  },
});
