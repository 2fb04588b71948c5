/** Script of the writer thread: the only connection that changes the file, migrates it and checkpoints it. */
import type { CacheWriter } from '../api.ts';
import { openWriterConnection } from '../connection.ts';
import { acquireLock } from '../lock.ts';
import { migrate } from '../migrations/list.ts';
import { rebuild } from '../salvage.ts';
import { WritableDb } from '../sql.ts';
import { readPragmas } from './pragmas.ts';
import { serve } from './serve.ts';
import { createWriter } from './writes.ts';

export type WriterMethods = { [K in keyof CacheWriter]: (input: Parameters<CacheWriter[K]>[0]) => unknown };

serve({
  open(data, slow) {
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
        const handlers = { ...createWriter(db), pragmas: () => readPragmas(db) };
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
