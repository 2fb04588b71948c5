/** Who may see a contact: whoever sees one of its conversations; one that has none yet, whoever made it. */
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
  const madeBy = db.prepare<{ created_by: string | null }>(
    'SELECT created_by FROM contacts WHERE id = ? AND ws = ?',
  );
  return {
    seesContact(viewer: Viewer, contactId: string): boolean {
      const row = madeBy.get(contactId, viewer.ws);
      if (row === undefined) return false;
      if (seesEverything(viewer)) return true;
      const talks = conversations.ofContact(contactId);
      if (talks.length === 0) return seesWithoutConversation(viewer, row.created_by);
      return talks.some((talk) => canSeeConversation(viewer, talk));
    },
  };
}
