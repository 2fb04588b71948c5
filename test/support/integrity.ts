/** Whether a cache file that nobody has open is whole: SQLite's own check, and that of its search indexes. */
import { openWriterConnection } from '../../electron/cache/connection.ts';
import { cacheFile, TEST_KEY } from './desktop.ts';

export function integrityOf(folder: string): { integrity: unknown; search: string } {
  const db = openWriterConnection({ file: cacheFile(folder), key: TEST_KEY, keyIsRight: true });
  try {
    const integrity = db.pragma('integrity_check', { simple: true });
    let search = 'ok';
    try {
      db.exec("INSERT INTO search_index (search_index) VALUES ('integrity-check')");
      db.exec("INSERT INTO contact_index (contact_index) VALUES ('integrity-check')");
    } catch (error) {
      search = error instanceof Error ? error.message : 'broken';
    }
    return { integrity, search };
  } finally {
    db.close();
  }
}
