/** Internal notes: in the log and the pages, never at a provider. */
import type { Conversation } from '../../shared/domain/conversation.ts';
import type { Note } from '../../shared/domain/message.ts';
import type { Db } from './database.ts';
import { scopeOf } from './log.ts';
import type { Log } from './log.ts';

export function createNotes(db: Db, log: Log) {
  const insert = db.prepare(
    'INSERT INTO notes (id, ws, conversation_id, created_at, state) VALUES (?, ?, ?, ?, ?)',
  );
  const exists = db.prepare<{ id: string }>('SELECT id FROM notes WHERE id = ?');

  return {
    exists(id: string): boolean {
      return exists.get(id) !== undefined;
    },
    add(ws: number, note: Omit<Note, 'rev'>, conversation: Conversation): { note: Note; seq: number } {
      return db.tx(() => {
        const next: Note = { ...note, rev: 0 };
        const seq = log.append(ws, note.createdAt, 'note.created', scopeOf(conversation), (number) => {
          next.rev = number;
          const state = JSON.stringify(next);
          insert.run(next.id, ws, next.conversationId, next.createdAt, state);
          return `{"note":${state}}`;
        });
        return { note: next, seq };
      });
    },
  };
}
