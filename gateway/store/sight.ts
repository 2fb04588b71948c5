/**
 * Who may see a contact: whoever sees one of its conversations; one that has none yet, whoever made it. A record that was merged is seen with
 * the person that it went into.
 */
import { CLUSTER } from './consents.ts';
import type { Conversations } from './conversations.ts';
import type { Db } from './database.ts';
import { canSeeConversation, seesEverything } from './visibility.ts';
import type { Viewer } from './visibility.ts';

export type Sight = ReturnType<typeof createSight>;

/** Whether a contact without any conversation is in sight: for who made it, and for who sees everything. */
export function seesWithoutConversation(viewer: Viewer, createdBy: string | null): boolean {
  return seesEverything(viewer) || createdBy === viewer.userId;
}

export function createSight(db: Db, conversations: Conversations) {
  const into = db.prepare<{ merged_into: string | null }>(
    'SELECT merged_into FROM contacts WHERE id = ? AND ws = ?',
  );
  const makers = db.prepare<{ created_by: string | null }>(
    `${CLUSTER} SELECT created_by FROM contacts WHERE id IN (SELECT id FROM cluster)`,
  );

  function personOf(ws: number, contactId: string): string | null {
    const row = into.get(contactId, ws);
    if (row === undefined) return null;
    return row.merged_into === null ? contactId : personOf(ws, row.merged_into);
  }

  return {
    /** The person that a record is part of now; null when there is none of this id. */
    personOf,
    seesContact(viewer: Viewer, contactId: string): boolean {
      const person = personOf(viewer.ws, contactId);
      if (person === null) return false;
      if (seesEverything(viewer)) return true;
      const talks = conversations.ofContact(person);
      if (talks.length > 0) return talks.some((talk) => canSeeConversation(viewer, talk));
      const made = makers.all(JSON.stringify([person]));
      return made.some((row) => seesWithoutConversation(viewer, row.created_by));
    },
  };
}
