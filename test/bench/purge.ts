/**
 * The purge of the older half: against the same deletes in the same portions with no search index; the longest time for which a step holds
 * the writer, against storing 1,000 messages; and what somebody who sends or opens a conversation meanwhile notices.
 */
import { rmSync } from 'node:fs';
import { openWriterConnection } from '../../electron/cache/connection.ts';
import { newId } from '../../shared/domain/id.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { Command } from '../../shared/protocol/commands.ts';
import type { Benchmark } from './benchmark.ts';
import { makeDataset } from './dataset.ts';
import { me } from './directory.ts';
import { copyOf, largeData, openData, type CacheData } from './files.ts';
import { figure, quantile } from './measure.ts';

/** As the application asks for them. */
const STEP = 6;
const PORTION = 400;
const SAMPLES = 150;
const ROUNDS = 3;
/** The time that lies in the middle of the kept data, found once. */
function middleOf(at: CacheData): { middle: number; rows: number } {
  const db = openWriterConnection({ file: at.file, key: Uint8Array.from(at.key) });
  const rows = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM messages').get()?.n ?? 0;
  const middle =
    db
      .prepare<[number], { at: number }>(
        'SELECT sent_at AS at FROM messages ORDER BY sent_at LIMIT 1 OFFSET ?',
      )
      .get(Math.floor(rows / 2))?.at ?? 0;
  db.close();
  return { middle, rows };
}

/** The deletes alone, in the same portions, each kept for good, then the free pages given back. */
function bareDeletes(at: CacheData, before: number): number {
  const db = openWriterConnection({ file: at.file, key: Uint8Array.from(at.key) });
  const next = db.prepare<[number, number], { seq: number; at: number }>(
    'SELECT seq, sent_at AS at FROM messages WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  const remove = db.prepare<[string]>('DELETE FROM messages WHERE seq IN (SELECT value FROM json_each(?))');
  const started = performance.now();
  for (let position = 0; ;) {
    const rows = next.all(position, PORTION);
    const last = rows.at(-1);
    if (last === undefined) break;
    position = last.seq;
    remove.run(JSON.stringify(rows.filter((row) => row.at < before).map(({ seq }) => seq)));
  }
  while (Number(db.pragma('freelist_count', { simple: true })) > 0) db.pragma('incremental_vacuum(256)');
  db.pragma('wal_checkpoint(TRUNCATE)');
  const spent = performance.now() - started;
  db.close();
  return spent;
}

export const benchmark: Benchmark = {
  title: 'Purge of the older half',
  async run(options, say) {
    const kept = await largeData(options, say);
    const data = makeDataset(options.large);
    const rounds = Math.min(ROUNDS, options.rounds);
    const took: number[] = [];
    const floors: number[] = [];
    const holds: number[] = [];
    const ingests: number[] = [];
    const sends: Record<'idle' | 'busy', number[]> = { idle: [], busy: [] };
    const opens: Record<'idle' | 'busy', number[]> = { idle: [], busy: [] };
    let purged = 0;
    for (let round = 0; round < rounds; round += 1) {
      const bare = await copyOf(kept, options.scratch);
      const { middle, rows } = middleOf(bare);
      floors.push(bareDeletes(bare, middle));
      rmSync(bare.folder, { recursive: true, force: true });

      const at = await copyOf(kept, options.scratch);
      const cache = await openData(at);
      const page = data.conversationPage(null, 50);
      const ids = page.items.map(({ conversation }) => conversation.id);
      const [first] = page.items;
      const pattern = first?.messages[0];
      if (first === undefined || pattern === undefined) throw new Error('no data');
      const { cursor } = await cache.read.syncState();

      const stored: number[] = [];
      for (let batch = 0; batch < 12; batch += 1) {
        const messages = Array.from({ length: 1_000 }, (_, n): Message => ({
          ...pattern,
          id: newId(),
          sentAt: pattern.sentAt + n,
          rev: 1,
        }));
        const started = performance.now();
        await cache.write.applyPage({
          type: 'conversation',
          request: { conversationId: pattern.conversationId, cursor: null, limit: 1_000 },
          page: { asOf: cursor, messages, notes: [], activities: [], next: null },
        });
        stored.push(performance.now() - started);
      }
      ingests.push(quantile(stored, 0.99));
      while ((await cache.write.maintain({ budgetMs: 1_000 })).more);

      const probe = async (state: 'idle' | 'busy', more: () => boolean): Promise<void> => {
        const sent: number[] = [];
        const opened: number[] = [];
        for (let n = 0; n < SAMPLES || more(); n += 1) {
          const conversationId = ids[n % ids.length] ?? '';
          const content = { kind: 'text' as const, body: `A reply ${n}` };
          const command = {
            id: newId(),
            type: 'message.send',
            data: { conversationId, messageId: newId(), content, quotedMessageId: null },
          } as Command;
          let started = performance.now();
          await cache.write.enqueue({ command, me: me.id, now: Date.now() });
          sent.push(performance.now() - started);
          started = performance.now();
          await cache.read.thread({ conversationId, before: null, limit: 50 });
          opened.push(performance.now() - started);
          await cache.write.withdraw({ ids: [command.id] });
          await new Promise((resolve) => {
            setTimeout(resolve, 20);
          });
        }
        sends[state].push(quantile(sent, 0.99));
        opens[state].push(quantile(opened, 0.99));
      };
      const purge = async (): Promise<number[]> => {
        const cutoffs = {
          content: middle,
          log: middle,
          media: middle,
          notes: middle,
          exports: null,
          audit: null,
        };
        const held = { all: false, conversationIds: [], contactIds: [] };
        const { drop } = await cache.read.purgeOutline({ cutoffs, held });
        await cache.write.startPurge({
          id: newId(),
          reason: 'manual',
          now: Date.now(),
          mode: 'delete',
          cutoffs,
          held,
          drop,
          before: 0,
        });
        const steps: number[] = [];
        for (let more = true; more;) {
          const started = performance.now();
          ({ more } = await cache.write.purgeStep({ budgetMs: STEP }));
          steps.push(performance.now() - started);
        }
        return steps;
      };
      await probe('idle', () => false);
      if (round % 2 === 0) {
        // Alone: how long it takes, and how long a step holds the writer.
        const started = performance.now();
        const steps = await purge();
        took.push(performance.now() - started);
        holds.push(Math.max(...steps));
        purged = (await cache.read.runningPurge())?.counts.messages ?? 0;
        say(`${purged.toLocaleString('en')} of ${rows.toLocaleString('en')} in ${steps.length} steps`);
      } else {
        let running = true;
        const busy = purge().finally(() => {
          running = false;
        });
        await probe('busy', () => running);
        await busy;
      }
      await cache.close();
      rmSync(at.folder, { recursive: true, force: true });
    }
    const floorOf = (what: string, values: number[]) => ({ what, rounds: values });
    const result = [
      figure('purge', 'ms', took, {
        floor: floorOf('the same batched deletes without an index', floors),
        goal: { of: 'ratio', atMost: 2.2 },
        note: `${purged.toLocaleString('en')} messages, free pages given back`,
      }),
      figure('longest hold of the writer', 'ms', holds, {
        floor: floorOf('p99 of storing 1,000 messages', ingests),
        goal: { of: 'ratio', atMost: 2 },
      }),
    ];
    if (sends.busy.length > 0) {
      result.push(
        figure('send during a purge, p99', 'ms', sends.busy, {
          floor: floorOf('idle', sends.idle),
          goal: { of: 'ratio', atMost: 3 },
        }),
        figure('open a conversation during a purge, p99', 'ms', opens.busy, {
          floor: floorOf('idle', opens.idle),
          goal: { of: 'ratio', atMost: 3 },
        }),
      );
    }
    return result;
  },
};
