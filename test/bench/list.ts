/** The list of conversations (first 100) through the contract, beside the bare statement, and at ten times the data. */
import type { View } from '../../shared/contract/rows.ts';
import { openApp } from './app.ts';
import { bareList } from './bare.ts';
import type { Benchmark } from './benchmark.ts';
import { figure, figures, interleave, perRound, timeEach } from './measure.ts';
import { largeData, smallData } from './files.ts';

const LIMIT = 100;
const SAMPLES = 400;

export const benchmark: Benchmark = {
  title: 'The list of conversations, first 100',
  async run(options, say) {
    const large = await largeData(options, say);
    const small = await smallData(options, say);
    const onLarge = await openApp(large);
    const onSmall = await openApp(small);
    const bare = bareList(large, LIMIT);
    const list = (app: typeof onLarge, view: View) => () =>
      app.call('inbox.list', { view, sort: 'newest', after: null, limit: LIMIT });
    const all: View = { kind: 'all' };
    const mine: View = { kind: 'mine' };
    const samples = await interleave(
      options.rounds,
      {
        contract: () => timeEach(SAMPLES, list(onLarge, all), 20),
        small: () => timeEach(SAMPLES, list(onSmall, all), 20),
        mine: () => timeEach(SAMPLES, list(onLarge, mine), 20),
        bare: () => timeEach(SAMPLES, () => bare.run(), 20),
      },
      (round) => say(`round ${round + 1} of ${options.rounds}`),
    );
    bare.close();
    await onLarge.close();
    await onSmall.close();
    const floor = { what: 'bare statement', rounds: samples.bare };
    return [
      ...figures('list of all, through the contract', 'ms', samples.contract, {
        floor,
        goals: { 0.5: { of: 'ratio', atMost: 3 }, 0.99: { of: 'ratio', atMost: 3 } },
      }),
      ...figures('list of mine, through the contract', 'ms', samples.mine),
      figure('list of all, large against a tenth', 'ms', perRound(samples.contract, 0.5), {
        floor: { what: 'a tenth of the data', rounds: perRound(samples.small, 0.5) },
        goal: { of: 'ratio', atMost: 1.2 },
      }),
    ];
  },
};
