import type { StoredSession } from '../api.ts';
import type { ReadableDb, WritableDb } from '../sql.ts';

export function readSession(db: ReadableDb): StoredSession | null {
  const row = db.get<{ json: string }>`SELECT json FROM session`;
  return row === undefined ? null : (JSON.parse(row.json) as StoredSession);
}

export function writeSession(db: WritableDb, session: StoredSession): void {
  db.run`
    INSERT INTO session (one, json) VALUES (1, ${JSON.stringify(session)})
    ON CONFLICT (one) DO UPDATE SET json = excluded.json`;
}
