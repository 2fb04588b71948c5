/** The palette and the search over the large cache: from the press of a key to the frame that shows what it brought. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Benchmark } from './benchmark.ts';
import { launchChromium, LIST, LIST_ROWS, openPage, showAll, THREAD } from './chromium.ts';
import { makeDataset, type Dataset } from './dataset.ts';
import { copyOf, largeData } from './files.ts';
import { installKeyProbe } from './key-probe.ts';
import { startLoopback } from './loopback.ts';
import { figures, median, quantile } from './measure.ts';

const FRAME_MS = 1000 / 60;
/** From one letter to the next, of a fast writer, in ms. */
const PACE = 110;
/** Opened so often in a round. */
const WORDS = 6;

type Round = { open: number[]; palette: number[]; search: number[] };

/** Words as somebody would look for them, other ones in every round: common, uncommon and rare in turn. */
function wordsOf(data: Dataset, round: number): string[] {
  const { common, uncommon, rare } = data.words.queries;
  return Array.from({ length: WORDS }, (_, n) => {
    const kind = [common, uncommon, rare][n % 3] ?? common;
    return kind[(round * WORDS + n) % kind.length] ?? '';
  });
}

async function typeWord(page: Page, word: string): Promise<number[]> {
  await page.evaluate(() => window.keyProbe.start('results'));
  for (const letter of word) {
    await page.keyboard.press(letter);
    await pause(PACE);
  }
  const times = await page.evaluate(() => window.keyProbe.take());
  return times.map((it) => it.ms);
}

async function measure(page: Page, words: string[]): Promise<Round> {
  const round: Round = { open: [], palette: [], search: [] };
  for (const word of words) {
    await page.locator(LIST).focus();
    await page.evaluate(() => window.keyProbe.start('options'));
    await page.keyboard.press('Control+k');
    await page.locator('[role="dialog"] [role="option"]').first().waitFor();
    round.open.push(...(await page.evaluate(() => window.keyProbe.take())).map((it) => it.ms));
    round.palette.push(...(await typeWord(page, word)));
    await page.keyboard.press('Escape');
    await page.locator('[role="dialog"]').waitFor({ state: 'detached' });

    await page.locator(LIST).focus();
    await page.keyboard.press('/');
    await page.getByRole('search').getByRole('combobox').fill('');
    round.search.push(...(await typeWord(page, word)));
    await page.keyboard.press('Escape');
    await page.locator(LIST_ROWS).first().waitFor();
  }
  return round;
}

export const benchmark: Benchmark = {
  title: 'The palette and the search',
  async run(options, say) {
    const browser = await launchChromium();
    if ('skipped' in browser) return browser;
    const words = makeDataset(options.large);
    const loopback = await startLoopback(await copyOf(await largeData(options, say), options.scratch));
    const rounds: Round[] = [];
    try {
      const page = await openPage(browser, loopback.url);
      await showAll(page);
      await page.locator(LIST_ROWS).first().click();
      await page.locator(`${THREAD} article`).first().waitFor();
      await page.evaluate(installKeyProbe);
      for (let n = 0; n < options.rounds; n += 1) {
        const round = await measure(page, wordsOf(words, n));
        rounds.push(round);
        const told = (samples: number[]): string =>
          `${median(samples).toFixed(0)} ms (p95 ${quantile(samples, 0.95).toFixed(0)})`;
        say(
          `round ${n + 1} of ${options.rounds}: opened ${told(round.open)}, palette ${told(round.palette)}, search ${told(round.search)}`,
        );
      }
      await page.context().close();
    } finally {
      await browser.close();
      await loopback.close();
    }
    const goals = { 0.95: { of: 'value' as const, atMost: Math.ceil(3 * FRAME_MS) } };
    const of = (what: string, pick: (round: Round) => number[]) =>
      figures(what, 'ms', rounds.map(pick), { goals, tail: 0.95 });
    return [
      ...of('key to open palette', (it) => it.open),
      ...of('letter to painted results in the palette', (it) => it.palette),
      ...of('letter to painted results of the search', (it) => it.search),
    ];
  },
};
