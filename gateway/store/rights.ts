/** Requests of people about their data. They outlive the person: then they name ids and dates only. */
import type { RightsRequest } from '../../shared/domain/rights.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';
import type { Sight } from './sight.ts';
import { seesEverything } from './visibility.ts';
import type { Viewer } from './visibility.ts';

type State = { state: string };

export type Rights = ReturnType<typeof createRights>;

export function createRights(db: Db, log: Log, sight: Sight) {
  const byId = db.prepare<State & { ws: number }>('SELECT ws, state FROM rights_requests WHERE id = ?');
  const all = db.prepare<State & { contact_id: string }>(
    'SELECT contact_id, state FROM rights_requests WHERE ws = ? ORDER BY id',
  );
  const ofContact = db.prepare<State>('SELECT state FROM rights_requests WHERE contact_id = ?');
  const put = db.prepare(
    'INSERT OR REPLACE INTO rights_requests (id, ws, contact_id, state) VALUES (?, ?, ?, ?)',
  );

  function save(ws: number, request: RightsRequest, at: number): number {
    return db.tx(() => {
      let state = '';
      const seq = log.append(ws, at, 'rights.changed', { contactId: request.contactId }, (number) => {
        state = JSON.stringify({ ...request, rev: number } satisfies RightsRequest);
        return `{"request":${state}}`;
      });
      put.run(request.id, ws, request.contactId, state);
      return seq;
    });
  }

  return {
    /** By id, in any workspace: the caller compares `ws`. */
    get(id: string): { ws: number; request: RightsRequest } | null {
      const row = byId.get(id);
      return row === undefined ? null : { ws: row.ws, request: JSON.parse(row.state) as RightsRequest };
    },
    /** Those that a user may see: of contacts in sight, or all. */
    statesFor(viewer: Viewer): string[] {
      return all
        .all(viewer.ws)
        .filter((row) => seesEverything(viewer) || sight.seesContact(viewer, row.contact_id))
        .map((row) => row.state);
    },
    /** Writes a request with its event. Returns the event's number. */
    save,
    /** Takes what was written about the person out of their requests. */
    emptyDetails(ws: number, contactId: string, at: number): void {
      for (const { state } of ofContact.all(contactId)) {
        const request = JSON.parse(state) as RightsRequest;
        save(ws, { ...request, details: null }, at);
      }
    },
  };
}
