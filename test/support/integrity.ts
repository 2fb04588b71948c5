/** Whether a cache file that nobody has open is whole: SQLite's own check, and that of its search indexes. */
import { openWriterConnection } from '../../electron/cache/connection.ts';

export function integrityOf(file: string, key: Uint8Array): { integrity: unknown; search: string } {
  const db = openWriterConnection({ file, key, keyIsRight: true });
  try {
    const integrity = db.pragma('integrity_check', { simple: true });
    const indexes = db
      .prepare<[], { name: string }>(
        "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'",
      )
      .all();
    let search = indexes.length === 0 ? 'no index' : 'ok';
    for (const { name } of indexes) {
      try {
        db.exec(`INSERT INTO "${name}" ("${name}") VALUES ('integrity-check')`);
      } catch (error) {
        search = `${name}: ${error instanceof Error ? error.message : 'broken'}`;
      }
    }
    return { integrity, search };
  } finally {
    db.close();
  }
}
