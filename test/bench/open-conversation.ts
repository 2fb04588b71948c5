/** Opening a conversation (its newest 50 messages) through the contract, beside the bare statement, and at ten times the data. */
import { openApp, type App } from './app.ts';
import { bareThread } from './bare.ts';
import type { Benchmark } from './benchmark.ts';
import { makeDataset, type DatasetSize } from './dataset.ts';
import { largeData, smallData } from './files.ts';
import { figure, figures, interleave, perRound, timeEach } from './measure.ts';
import { stream } from './random.ts';

const LIMIT = 50;
const SAMPLES = 400;

/** Ids of conversations with a full page of messages, a different choice in each round. */
function picker(size: DatasetSize): (round: number) => string[] {
  const data = makeDataset(size);
  const full = Array.from(data.order).filter((k) => data.thread(k).length >= LIMIT);
  return (round) => {
    const random = stream(round + 1);
    return Array.from({ length: SAMPLES }, () =>
      data.conversationId(full[Math.floor(random() * full.length)] ?? 0),
    );
  };
}

export const benchmark: Benchmark = {
  title: 'Opening a conversation, newest 50',
  async run(options, say) {
    const large = await largeData(options, say);
    const small = await smallData(options, say);
    const ofLarge = picker(options.large);
    const ofSmall = picker(options.small);
    const onLarge = await openApp(large);
    const onSmall = await openApp(small);
    const bare = bareThread(large, LIMIT);
    const open = (app: App, ids: string[]) => (n: number) =>
      app.call('conversation.thread', { conversationId: ids[n % ids.length]!, before: null, limit: LIMIT });
    const whole = (app: App, ids: string[]) => (n: number) =>
      Promise.all([
        app.call('conversation.get', { conversationId: ids[n % ids.length]! }),
        open(app, ids)(n),
      ]);
    const samples = await interleave(
      options.rounds,
      {
        contract: (round) => timeEach(SAMPLES, open(onLarge, ofLarge(round))),
        whole: (round) => timeEach(SAMPLES, whole(onLarge, ofLarge(round))),
        small: (round) => timeEach(SAMPLES, open(onSmall, ofSmall(round))),
        bare: (round) => {
          const ids = ofLarge(round);
          return timeEach(SAMPLES, (n) => bare.run(ids[n]!));
        },
      },
      (round) => say(`round ${round + 1} of ${options.rounds}`),
    );
    bare.close();
    await onLarge.close();
    await onSmall.close();
    const floor = { what: 'bare statement', rounds: samples.bare };
    return [
      ...figures('thread, through the contract', 'ms', samples.contract, {
        floor,
        goals: { 0.5: { of: 'ratio', atMost: 3 }, 0.99: { of: 'ratio', atMost: 3 } },
      }),
      ...figures('thread and details, as the page asks', 'ms', samples.whole),
      figure('thread, large against a tenth', 'ms', perRound(samples.contract, 0.5), {
        floor: { what: 'a tenth of the data', rounds: perRound(samples.small, 0.5) },
        goal: { of: 'ratio', atMost: 1.2 },
      }),
    ];
  },
};
