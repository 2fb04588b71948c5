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

type Choice = (round: number) => string[];

/**
 * Ids of conversations with a full page of messages, others in each round. `lively`: as people open them, the more often the more is
 * written in them, which is how they come to the top of the list; `any`: each as often as the other, old ones too.
 */
function choices(size: DatasetSize): { lively: Choice; any: Choice } {
  const data = makeDataset(size);
  const full = Array.from(data.order).filter((k) => data.thread(k).length >= LIMIT);
  const total = size.messages;
  const pick = (round: number, one: (random: () => number) => number): string[] => {
    const random = stream(round + 1);
    return Array.from({ length: SAMPLES }, () => data.conversationId(one(random)));
  };
  const anyOf = (random: () => number): number => full[Math.floor(random() * full.length)] ?? 0;
  const livelyOf = (random: () => number): number => {
    // A message by chance, and the conversation that it is in.
    for (let tries = 0; tries < 100; tries += 1) {
      const k = data.conversationOf(Math.floor(random() * total));
      if (data.thread(k).length >= LIMIT) return k;
    }
    return anyOf(random);
  };
  return { lively: (round) => pick(round, livelyOf), any: (round) => pick(round, anyOf) };
}

export const benchmark: Benchmark = {
  title: 'Opening a conversation, newest 50',
  async run(options, say) {
    const large = await largeData(options, say);
    const small = await smallData(options, say);
    const ofLarge = choices(options.large);
    const ofSmall = choices(options.small);
    const onLarge = await openApp(large);
    const onSmall = await openApp(small);
    const bare = bareThread(large, LIMIT);
    const open = (app: App, ids: string[]) => (n: number) =>
      app.call('conversation.thread', {
        conversationId: ids[n % ids.length]!,
        before: null,
        after: null,
        limit: LIMIT,
      });
    const whole = (app: App, ids: string[]) => (n: number) =>
      Promise.all([
        app.call('conversation.get', { conversationId: ids[n % ids.length]! }),
        open(app, ids)(n),
      ]);
    const bareRun = (ids: string[]) => timeEach(SAMPLES, (n) => bare.run(ids[n]!));
    const samples = await interleave(
      options.rounds,
      {
        contract: (round) => timeEach(SAMPLES, open(onLarge, ofLarge.lively(round))),
        bare: (round) => bareRun(ofLarge.lively(round)),
        small: (round) => timeEach(SAMPLES, open(onSmall, ofSmall.lively(round))),
        contractAny: (round) => timeEach(SAMPLES, open(onLarge, ofLarge.any(round))),
        bareAny: (round) => bareRun(ofLarge.any(round)),
        smallAny: (round) => timeEach(SAMPLES, open(onSmall, ofSmall.any(round))),
        whole: (round) => timeEach(SAMPLES, whole(onLarge, ofLarge.lively(round))),
      },
      (round) => say(`round ${round + 1} of ${options.rounds}`),
    );
    bare.close();
    await onLarge.close();
    await onSmall.close();
    const bareFloor = 'bare statement';
    const goals = { 0.5: { of: 'ratio' as const, atMost: 3 }, 0.99: { of: 'ratio' as const, atMost: 3 } };
    const sizes = (what: string, inLarge: number[][], inSmall: number[][]) =>
      figure(what, 'ms', perRound(inLarge, 0.5), {
        floor: { what: 'a tenth of the data', rounds: perRound(inSmall, 0.5) },
        goal: { of: 'ratio', atMost: 1.2 },
      });
    return [
      ...figures('thread, through the contract', 'ms', samples.contract, {
        floor: { what: bareFloor, rounds: samples.bare },
        goals,
        note: 'conversations as people open them: the more often, the more is written in them',
      }),
      ...figures('thread of any conversation', 'ms', samples.contractAny, {
        floor: { what: bareFloor, rounds: samples.bareAny },
        goals,
        note: 'every conversation as often as the other: most of their pages are in no cache of ours',
      }),
      sizes('thread, large against a tenth', samples.contract, samples.small),
      sizes('thread of any conversation, large against a tenth', samples.contractAny, samples.smallAny),
      ...figures('thread and details, as the page asks', 'ms', samples.whole),
    ];
  },
};
