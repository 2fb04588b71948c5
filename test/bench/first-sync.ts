/** A first sync of everything, from the sign-in: when the first screen can be used, against when the last message is there. */
import { rmSync } from 'node:fs';
import { openApp } from './app.ts';
import type { Benchmark } from './benchmark.ts';
import { freshData } from './files.ts';
import { figure } from './measure.ts';
import { startPageServer } from './page-server-client.ts';
import { watchMainThread } from './stalls.ts';

const SCREEN_ROWS = 20;
/** A whole first sync takes most of a minute: three of them say enough. */
const MOST_ROUNDS = 3;

export const benchmark: Benchmark = {
  title: 'First sync',
  async run(options, say) {
    const server = await startPageServer({ size: options.large });
    const usable: number[] = [];
    const whole: number[] = [];
    const searchable: number[] = [];
    const stalls: number[] = [];
    for (let round = 0; round < Math.min(MOST_ROUNDS, options.rounds); round += 1) {
      const data = await freshData(options.scratch);
      const app = await openApp(data);
      const watch = watchMainThread();
      const started = performance.now();
      const since = (): number => performance.now() - started;
      await app.call('session.signIn', {
        gateway: server.url,
        email: 'ada@bench.example',
        password: 'bench',
        totp: null,
      });
      for (;;) {
        const { rows } = await app.call('inbox.list', {
          view: { kind: 'all' },
          sort: 'newest',
          after: null,
          limit: 50,
        });
        const first = rows[0];
        if (first !== undefined && rows.length >= SCREEN_ROWS) {
          const input = { conversationId: first.conversation.id, before: null, after: null, limit: 50 };
          if ((await app.call('conversation.thread', input)).items.length > 0) break;
        }
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      usable.push(since());
      await app.synchronised();
      whole.push(since());
      await app.indexed();
      searchable.push(since());
      stalls.push(watch.stop().stalled);
      say(
        `round ${round + 1}: usable after ${usable.at(-1)?.toFixed(0)} ms of ${whole.at(-1)?.toFixed(0)} ms`,
      );
      await app.close();
      rmSync(data.folder, { recursive: true, force: true });
    }
    await server.close();
    const share = usable.map((it, round) => (it / (whole[round] ?? it)) * 100);
    const note = `${options.large.messages.toLocaleString('en')} messages, ${usable.length} rounds`;
    return [
      figure('sign-in until the first screen is usable', 'ms', usable, { note }),
      figure('sign-in until everything is committed', 'ms', whole),
      figure('sign-in until everything is searchable', 'ms', searchable),
      figure('first screen, share of the whole', '%', share, { goal: { of: 'value', atMost: 2 } }),
      figure('longest stall of the main thread', 'ms', stalls),
    ];
  },
};
