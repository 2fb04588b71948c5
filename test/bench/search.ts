/** Search through the contract, highlights included, by how much there is to find. */
import { openApp } from './app.ts';
import type { Benchmark } from './benchmark.ts';
import { makeDataset } from './dataset.ts';
import { largeData } from './files.ts';
import { figures, interleave, timeEach, type Figure } from './measure.ts';

const LIMIT = 50;
const SAMPLES = 100;

export const benchmark: Benchmark = {
  title: 'Search, newest 50 hits with highlights',
  async run(options, say) {
    const large = await largeData(options, say);
    const data = makeDataset(options.large);
    const { queries } = data.words;
    const app = await openApp(large);
    const biggest = data.conversationId(0);
    const small = data.conversationId(options.large.conversations - 1);
    const everywhere = (texts: readonly string[]) => () =>
      timeEach(
        SAMPLES,
        (n) =>
          app.call('search.query', { text: texts[n % texts.length]!, conversationId: null, limit: LIMIT }),
        texts.length,
      );
    const within = (conversationId: string) => () =>
      timeEach(
        SAMPLES,
        (n) =>
          app.call('search.query', {
            text: queries.common[n % queries.common.length]!,
            conversationId,
            limit: LIMIT,
          }),
        queries.common.length,
      );
    const ways = {
      'no match': everywhere(queries.noMatch),
      'rare word': everywhere(queries.rare),
      'uncommon word': everywhere(queries.uncommon),
      'common word': everywhere(queries.common),
      'most common word': everywhere(queries.mostCommon),
      'prefix of 5 letters': everywhere(queries.prefix5),
      'prefix of 3 letters': everywhere(queries.prefix3),
      'prefix of 2 letters': everywhere(queries.prefix2),
      'busiest prefix of 3 letters': everywhere(queries.busiest3),
      'busiest prefix of 2 letters': everywhere(queries.busiest2),
      'two words': everywhere(queries.twoWords),
      'in the largest conversation': within(biggest),
      'in a small conversation': within(small),
    };
    const samples = await interleave(options.rounds, ways, (round) =>
      say(`round ${round + 1} of ${options.rounds}`),
    );
    await app.close();
    const names = Object.keys(ways) as (keyof typeof ways)[];
    return names.flatMap((name): Figure[] =>
      figures(name, 'ms', samples[name], {
        ...(name === 'no match' ? {} : { floor: { what: 'no match', rounds: samples['no match'] } }),
        goals: { 0.99: { of: 'value', atMost: name.endsWith('prefix of 2 letters') ? 30 : 5 } },
      }),
    );
  },
};
