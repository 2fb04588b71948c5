import { expect, test, vi } from 'vitest';
import type { Cache } from '../../cache/api.ts';
import type { NewAuditEntry } from '../../cache/audit/types.ts';
import { logTo } from '../log.ts';
import { createAuditBook } from './book.ts';

function desk() {
  const written: string[][] = [];
  const state = { open: true, full: false };
  const cache = {
    write: {
      appendAudits: async ({ entries }: { entries: readonly NewAuditEntry[] }) => {
        if (state.full) throw new Error('disk full');
        written.push(entries.map(({ action, actorId }) => `${action} ${actorId}`));
      },
    },
  } as unknown as Cache;
  const book = createAuditBook({
    cache: () => (state.open ? cache : null),
    me: () => 'maya',
    log: logTo({ write: () => undefined }),
    now: () => 1,
  });
  return { book, written, state };
}
const line = (action: string) => ({ action, subjects: [], counts: {}, reason: null });

test('what is noted is written as one transaction, and before what is waited for', async () => {
  vi.useFakeTimers();
  try {
    const { book, written } = desk();
    book.note(line('view.contact'));
    book.note({ ...line('key.lock'), actorId: null });
    expect(written).toEqual([]);
    await vi.advanceTimersByTimeAsync(600);
    expect(written).toEqual([['view.contact maya', 'key.lock null']]);
    book.note(line('search.messages'));
    await book.write(line('audit.export'));
    expect(written[1]).toEqual(['search.messages maya', 'audit.export maya']);
  } finally {
    vi.useRealTimers();
  }
});

test('without a cache lines wait, and what must be in the audit is refused', async () => {
  const { book, written, state } = desk();
  state.open = false;
  book.note(line('key.unlock.failed'));
  await expect(book.write(line('audit.export'))).rejects.toThrow('not open');
  await book.flush();
  expect(written).toEqual([]);
  state.open = true;
  await book.flush();
  expect(written).toEqual([['key.unlock.failed maya']]);
});

test('lines that could not be written are written later, in their order', async () => {
  const { book, written, state } = desk();
  state.full = true;
  book.note(line('first'));
  await book.flush();
  book.note(line('second'));
  state.full = false;
  await book.flush();
  expect(written).toEqual([['first maya', 'second maya']]);
});
