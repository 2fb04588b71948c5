import type { Tx } from './context.ts';

/** Counts anew where the person who is signed in is mentioned: somebody else has signed in on this cache. */
export function renewMentions(tx: Tx): void {
  const { db } = tx;
  db.run`UPDATE conversations SET mentioned = 0 WHERE mentioned <> 0`;
  db.run`
    UPDATE conversations SET mentioned = (
      SELECT count(*) FROM notes n WHERE n.conversation = conversations.ref
        AND EXISTS (SELECT 1 FROM json_each(n.json, '$.mentions') WHERE value = ${tx.me}))
    WHERE ref IN (SELECT conversation FROM notes)`;
  db.run`
    INSERT OR REPLACE INTO counters (name, total, unread)
    SELECT 'mentions', count(*), coalesce(sum(unread > 0), 0) FROM conversations WHERE mentioned > 0 AND status <> 'closed'`;
  tx.changes.lists = true;
}
