/** All that has to be known about a message that is about to leave this machine. */
import type { Channel } from '../../../shared/domain/channel.ts';
import type { Template } from '../../../shared/domain/workspace.ts';
import type { SendFacts } from '../api.ts';
import { clusterOf } from '../people/cluster.ts';
import { readConsents } from '../people/read-person.ts';
import type { ReadableDb } from '../sql.ts';
import { baseOf, findConversation } from '../store/conversations.ts';
import { commandOf } from '../store/outbox-row.ts';
import type { Written } from '../store/outbox-row.ts';
import { readConversation } from './conversation.ts';

type Row = { id: string; lane: string; command: string; written: string | null };

/** The conversation is as the gateway knows it: what this person did to it after writing must not hold the message back. */
export function readSendFacts(db: ReadableDb, { ids }: { ids: readonly string[] }): SendFacts[] {
  const rows = db.all<Row>`
    SELECT id, conversation_id AS lane, command, written FROM outbox
    WHERE type = 'message.send' AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  return rows.flatMap((row): SendFacts[] => {
    const command = commandOf(row);
    const record = findConversation(db, row.lane);
    const detail = readConversation(db, { id: row.lane });
    if (command.type !== 'message.send' || record === undefined || detail === null) return [];
    const { content } = command.data;
    const written = row.written === null ? null : (JSON.parse(row.written) as Written);
    const template =
      content.kind === 'template' ? findTemplate(db, detail.channel, content.name, content.language) : null;
    const newestForeignRev = record.foreignRev === 0 ? null : record.foreignRev;
    const { contact, channel } = detail;
    const consents = readConsents(db, { contactIds: clusterOf(db, contact.id) });
    const facts = {
      id: row.id,
      conversation: baseOf(record),
      contact,
      consents,
      channel,
      template,
      newestForeignRev,
    };
    return [written === null ? facts : { ...facts, assigneeIdWhenWritten: written.assigneeId }];
  });
}

function findTemplate(db: ReadableDb, channel: Channel, name: string, language: string): Template | null {
  const row = db.get<{ json: string }>`
    SELECT json FROM directory
    WHERE kind = 'template' AND json ->> 'channelId' = ${channel.id} AND json ->> 'name' = ${name}
      AND json ->> 'language' = ${language}`;
  return row === undefined ? null : (JSON.parse(row.json) as Template);
}
