/**
 * The words of the generated messages: a made-up vocabulary with the frequencies of a natural language (Zipf and Mandelbrot),
 * and sentences put together from a pool of halves, so that a million of them cost less to make than to store.
 */
import { below, mix, stream } from './random.ts';

const VOCABULARY = 20_000;
const HALVES = 8_192;
/** Half of the 123 bytes that the anchors' data has, less the space between. */
const HALF_BYTES = 61;
/** Mandelbrot's shift: the most common word is 3 % of all, as in English, not 10 %. */
const SHIFT = 2.7;

const ONSETS = 'b c d f g h j k l m n p r s t v w z br ch cl fr gr pl pr sh st th tr'.split(' ');
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ea', 'ou', 'é', 'ü'];
const CODAS = ['', '', '', 'n', 'r', 's', 't', 'l', 'm', 'nd', 'st'];

/** Number of syllables by rank: common words are short. */
function syllables(rank: number, random: () => number): number {
  const least = rank < 50 ? 1 : rank < 2_000 ? 2 : 3;
  return least + (random() < 0.3 ? 1 : 0);
}

function makeVocabulary(seed: number): string[] {
  const random = stream(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const words = new Set<string>();
  while (words.size < VOCABULARY) {
    let word = '';
    for (let left = syllables(words.size, random); left > 0; left -= 1) {
      // Accented vowels are rare, and there so that folding has something to do.
      const vowel = random() < 0.04 ? pick(VOWELS.slice(7)) : pick(VOWELS.slice(0, 7));
      word += pick(ONSETS) + vowel;
    }
    words.add(word + pick(CODAS));
  }
  return [...words];
}

/** Cumulative weights of the ranks. */
function makeWeights(): Float64Array {
  const sums = new Float64Array(VOCABULARY);
  let sum = 0;
  for (let rank = 0; rank < VOCABULARY; rank += 1) {
    sum += 1 / (rank + 1 + SHIFT);
    sums[rank] = sum;
  }
  return sums.map((value) => value / sum);
}

function rankOf(weights: Float64Array, at: number): number {
  let low = 0;
  let high = weights.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((weights[middle] ?? 1) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Texts, and the words and prefixes whose frequency is known. */
export type Words = {
  /** The text of message `index`, about 123 bytes. */
  text(index: number): string;
  queries: {
    /** In about five messages each. */
    rare: string[];
    /** In about a thousandth of the messages each. */
    uncommon: string[];
    /** In about a fifth of the messages each. */
    common: string[];
    /** In about half of the messages. */
    mostCommon: string[];
    prefix5: string[];
    prefix3: string[];
    prefix2: string[];
    /** The beginnings with which most running words begin: the dearest queries there are. */
    busiest3: string[];
    busiest2: string[];
    twoWords: string[];
    noMatch: string[];
  };
};

export function makeWords(seed: number, messages: number): Words {
  const vocabulary = makeVocabulary(mix(seed, 1));
  const weights = makeWeights();
  const random = stream(mix(seed, 2));
  const halves = Array.from({ length: HALVES }, () => {
    let half = '';
    // Halves end with a whole word, so they are cut where the mean comes out right.
    const length = HALF_BYTES - 9 + random() * 9;
    while (half.length < length) {
      const word = vocabulary[rankOf(weights, random())] ?? '';
      half += half === '' ? word : ` ${word}`;
    }
    return half;
  });
  const rare = Array.from({ length: 20 }, (_, n) => `quorvax${vocabulary[5_000 + n * 7] ?? ''}`);
  // Every rare word is put into five messages spread over the whole time.
  const step = Math.max(1, Math.floor(messages / (rare.length * 5)));

  const firstHalf = mix(seed, 3);
  const secondHalf = mix(seed, 4);
  const text = (index: number): string => {
    const body = `${halves[mix(firstHalf, index) % HALVES] ?? ''} ${halves[mix(secondHalf, index) % HALVES] ?? ''}`;
    if (index % step !== 3) return body;
    return `${body} ${rare[Math.floor(index / step) % rare.length] ?? ''}`;
  };

  const ranks = (from: number, to: number): string[] => vocabulary.slice(from, to);
  return {
    text,
    queries: {
      rare,
      uncommon: ranks(2_000, 2_020),
      common: ranks(5, 9),
      mostCommon: ranks(0, 1),
      prefix5: ranks(400, 1_600)
        .filter((word) => word.length > 6)
        .slice(0, 20)
        .map((word) => word.slice(0, 5)),
      prefix3: prefixes(vocabulary, weights, 3, 40, 10),
      prefix2: prefixes(vocabulary, weights, 2, 20, 5),
      busiest3: prefixes(vocabulary, weights, 3, 0, 10),
      busiest2: prefixes(vocabulary, weights, 2, 0, 5),
      twoWords: Array.from(
        { length: 10 },
        (_, n) => `${vocabulary[5 + (n % 4)] ?? ''} ${vocabulary[300 + n] ?? ''}`,
      ),
      noMatch: Array.from({ length: 10 }, (_, n) => `xyzzy${below(mix(seed, 900 + n), 100_000)}q`),
    },
  };
}

/** `count` beginnings of `length` letters, those before which `skip` begin more running words. */
function prefixes(
  vocabulary: string[],
  weights: Float64Array,
  length: number,
  skip: number,
  count: number,
): string[] {
  const sums = new Map<string, number>();
  for (const [rank, word] of vocabulary.entries()) {
    const weight = (weights[rank] ?? 0) - (weights[rank - 1] ?? 0);
    const prefix = word.slice(0, length);
    if (word.length > length) sums.set(prefix, (sums.get(prefix) ?? 0) + weight);
  }
  return [...sums.entries()]
    .sort((a, b) => b[1] - a[1])
    .slice(skip, skip + count)
    .map(([prefix]) => prefix);
}
