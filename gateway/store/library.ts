/**
 * Canned replies, macros, saved views, pins. A thing of the team is told to everybody, a personal one to its owner alone. A deleted
 * thing stays as a row, so that it can come back under its id.
 */
import type { LibraryItem } from '../../shared/domain/library.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';

type State = { state: string };
type Row = State & { ws: number };

export type Library = ReturnType<typeof createLibrary>;

export function createLibrary(db: Db, log: Log) {
  const byId = db.prepare<Row>('SELECT ws, state FROM library WHERE id = ?');
  const visible = db.prepare<State>(
    `SELECT state FROM library WHERE ws = ? AND personal_to IS NULL AND deleted = 0
     UNION ALL SELECT state FROM library WHERE ws = ? AND personal_to = ? AND deleted = 0`,
  );
  const pin = db.prepare<State>(
    'SELECT state FROM library WHERE personal_to = ? AND pinned_id = ? AND deleted = 0',
  );
  const put = db.prepare(
    `INSERT INTO library (id, ws, personal_to, pinned_id, deleted, state) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET pinned_id = excluded.pinned_id, deleted = excluded.deleted, state = excluded.state`,
  );

  return {
    /** By id, in any workspace: the caller compares `ws`. */
    get(id: string): { ws: number; item: LibraryItem } | null {
      const row = byId.get(id);
      return row === undefined ? null : { ws: row.ws, item: JSON.parse(row.state) as LibraryItem };
    },
    /** The things of the team and of this user, without those that are deleted. */
    statesFor(ws: number, userId: string): string[] {
      return visible.all(ws, ws, userId).map((row) => row.state);
    },
    /** The pin of this user on a conversation. */
    pinOf(userId: string, conversationId: string): LibraryItem | null {
      const row = pin.get(userId, conversationId);
      return row === undefined ? null : (JSON.parse(row.state) as LibraryItem);
    },
    /** Writes an item with its event. Returns the event's number. */
    save(ws: number, item: Omit<LibraryItem, 'rev'>, at: number): number {
      return db.tx(() => {
        const personalTo = item.scope === 'personal' ? item.ownerId : null;
        let state = '';
        const scope = personalTo === null ? {} : { addressee: personalTo };
        const seq = log.append(ws, at, 'library.changed', scope, (number) => {
          state = JSON.stringify({ ...item, rev: number } satisfies LibraryItem);
          return `{"item":${state}}`;
        });
        const pinned = item.content.kind === 'pin' ? item.content.conversationId : null;
        put.run(item.id, ws, personalTo, pinned, item.deleted ? 1 : 0, state);
        return seq;
      });
    },
  };
}
