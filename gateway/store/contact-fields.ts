/** The custom fields that owners define. A deleted one stays as a row, so that it can come back under its id. */
import type { ContactField } from '../../shared/domain/contact-field.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';

type State = { state: string };

export function createContactFields(db: Db, log: Log) {
  const byId = db.prepare<State & { ws: number }>('SELECT ws, state FROM contact_fields WHERE id = ?');
  const all = db.prepare<State>('SELECT state FROM contact_fields WHERE ws = ? ORDER BY id');
  const put = db.prepare('INSERT OR REPLACE INTO contact_fields (id, ws, state) VALUES (?, ?, ?)');

  return {
    /** By id, in any workspace: the caller compares `ws`. */
    get(id: string): { ws: number; field: ContactField } | null {
      const row = byId.get(id);
      return row === undefined ? null : { ws: row.ws, field: JSON.parse(row.state) as ContactField };
    },
    list(ws: number): ContactField[] {
      return all.all(ws).map((row) => JSON.parse(row.state) as ContactField);
    },
    states(ws: number): string[] {
      return all.all(ws).map((row) => row.state);
    },
    /** Writes a field with its event. Returns the event's number. */
    save(ws: number, field: Omit<ContactField, 'rev'>, at: number): number {
      return db.tx(() => {
        let state = '';
        const seq = log.append(ws, at, 'field.changed', {}, (number) => {
          state = JSON.stringify({ ...field, rev: number } satisfies ContactField);
          return `{"field":${state}}`;
        });
        put.run(field.id, ws, state);
        return seq;
      });
    },
  };
}
