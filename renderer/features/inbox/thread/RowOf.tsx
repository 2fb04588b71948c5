import type { ReactNode } from 'react';
import { ActivityRow } from './ActivityRow.tsx';
import { MessageRow } from './MessageRow.tsx';
import { NoteRow } from './NoteRow.tsx';
import type { Row } from './rows.ts';
import { DayRow, UnreadRow } from './Separators.tsx';

/** A row of the thread, whatever it is. */
export function RowOf({ row, now }: { readonly row: Row; readonly now: number }): ReactNode {
  switch (row.type) {
    case 'day':
      return <DayRow at={row.at} now={now} />;
    case 'unread':
      return <UnreadRow count={row.count} />;
    case 'note':
      return <NoteRow note={row.note} outbox={row.outbox} />;
    case 'activity':
      return <ActivityRow activity={row.activity} />;
    case 'message':
      return <MessageRow message={row.message} outbox={row.outbox} first={row.first} last={row.last} />;
  }
}
