/** The page in a real Chromium, served by the real application over the large cache. */
import type { Browser, Page } from '@playwright/test';
import type { Benchmark, BenchOptions } from './benchmark.ts';
import { launchChromium, LIST, LIST_ROWS, openPage, showAll, THREAD } from './chromium.ts';
import { makeDataset } from './dataset.ts';
import { copyOf, giantData, giantSize, largeData, type CacheData } from './files.ts';
import { startLoopback } from './loopback.ts';
import { figure, median, quantile, type Figure } from './measure.ts';
import { installProbe, type ScrollReport } from './page-probe.ts';

/** Conversations opened in a round: first down the list, then back up. */
const SWITCHES = 30;
const FRAME_MS = 1000 / 60;

type Say = (line: string) => void;

/** Opens the next conversation with one key and answers how long it took until its thread was painted. */
async function switchBy(page: Page, key: string): Promise<number> {
  const took = await page.evaluate((pressed) => window.probe.switchBy(pressed), key);
  // Let what follows the paint (marking as read, fetching ahead) come to rest.
  await page.waitForTimeout(40);
  return took;
}

async function switching(page: Page, options: BenchOptions, say: Say): Promise<Figure[]> {
  await page.locator(LIST_ROWS).first().click();
  await page.locator(`${THREAD} article`).first().waitFor();
  await page.locator(LIST).focus();
  const rounds: { first: number[]; warm: number[]; floor: number[] }[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const first: number[] = [];
    const warm: number[] = [];
    const floor: number[] = [];
    let kept = 0;
    for (let n = 0; n < SWITCHES; n += 1) {
      first.push(await switchBy(page, 'ArrowDown'));
      kept = await page.evaluate(() => window.probe.capture());
    }
    for (let n = 1; n < SWITCHES; n += 1) warm.push(await switchBy(page, 'ArrowUp'));
    for (let n = kept - SWITCHES; n < kept; n += 1) {
      floor.push(await page.evaluate((at) => window.probe.floorBy(at), n));
      await page.waitForTimeout(10);
    }
    await page.evaluate(() => window.probe.endFloor());
    for (let n = 1; n < SWITCHES; n += 1) await switchBy(page, 'ArrowDown');
    rounds.push({ first, warm, floor });
    say(
      `switching, round ${round + 1} of ${options.rounds}: first ${median(first).toFixed(1)} ms, warm ${median(warm).toFixed(1)} ms, floor ${median(floor).toFixed(1)} ms`,
    );
  }
  const medians = (pick: (it: (typeof rounds)[number]) => number[]): number[] =>
    rounds.map((it) => median(pick(it)));
  const p95 = (pick: (it: (typeof rounds)[number]) => number[]): number[] =>
    rounds.map((it) => quantile(pick(it), 0.95));
  const floor = { what: 'innerHTML of the same rows', rounds: medians((it) => it.floor) };
  const threeFrames = { of: 'value' as const, atMost: Math.ceil(3 * FRAME_MS) };
  return [
    figure(
      'key to painted thread, first, p50',
      'ms',
      medians((it) => it.first),
      {
        floor,
        goal: { of: 'ratio', atMost: 2.5 },
      },
    ),
    figure(
      'key to painted thread, warm, p50',
      'ms',
      medians((it) => it.warm),
      {
        floor,
        goal: { of: 'ratio', atMost: 1.8 },
      },
    ),
    figure(
      'key to painted thread, first, p95',
      'ms',
      p95((it) => it.first),
      { goal: threeFrames },
    ),
    figure(
      'key to painted thread, warm, p95',
      'ms',
      p95((it) => it.warm),
      { goal: threeFrames },
    ),
  ];
}

async function scrolling(
  page: Page,
  options: BenchOptions,
  say: Say,
  what: string,
  selector: string,
  row: string,
  direction: 1 | -1,
): Promise<Figure[]> {
  const reports: ScrollReport[] = [];
  const jumps: ScrollReport[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const step = (size: number, frames: number): Promise<ScrollReport> =>
      page.evaluate(([box, item, by, count]) => window.probe.scroll(box, item, by, count), [
        selector,
        row,
        direction * size,
        frames,
      ] as const);
    reports.push(await step(100, 300));
    jumps.push(await step(1_500, 60));
    const { frames, blank, waited } = reports[round]!;
    say(
      `${what}, round ${round + 1}: p95 ${quantile(frames, 0.95).toFixed(1)} ms, ${blank} blank, ${waited} waited`,
    );
  }
  const p95 = (all: ScrollReport[]): number[] => all.map((it) => quantile(it.frames, 0.95));
  const budget = { what: 'a frame at 60 Hz', rounds: [FRAME_MS] };
  const blanks = (all: ScrollReport[]): number[] => [all.reduce((sum, it) => sum + it.blank, 0)];
  return [
    figure(`${what}, frame work by 100 px, p95`, 'ms', p95(reports), {
      floor: budget,
      goal: { of: 'ratio', atMost: 0.6 },
    }),
    figure(`${what}, frame work by 1,500 px, p95`, 'ms', p95(jumps), {
      floor: budget,
      goal: { of: 'ratio', atMost: 0.6 },
    }),
    figure(`${what}, blank samples by 100 px`, 'samples', blanks(reports), {
      goal: { of: 'value', atMost: 0 },
    }),
    figure(`${what}, blank samples by 1,500 px`, 'samples', blanks(jumps), {
      goal: { of: 'value', atMost: 0 },
    }),
  ];
}

async function prepending(page: Page, options: BenchOptions, say: Say): Promise<Figure[]> {
  const moved: number[] = [];
  for (let tries = 0; tries < options.rounds * 3 && moved.length < options.rounds; tries += 1) {
    const result = await page.evaluate((box) => window.probe.prepend(box), THREAD);
    if (result !== null) moved.push(result.moved);
  }
  say(`prepending: moved by ${moved.map((it) => it.toFixed(2)).join(', ')} px`);
  if (moved.length === 0) throw new Error('no older messages were put before the others');
  return [
    figure('prepending history, a row in sight moves by', 'px', [Math.max(...moved)], {
      goal: { of: 'value', atMost: 1 },
      note: `the most of ${moved.length} times`,
    }),
  ];
}

/** The conversation with the giant thread is the newest: the first of the list. */
async function openGiant(page: Page, name: string): Promise<void> {
  await page.locator(LIST_ROWS, { hasText: name }).first().click();
  await page.locator(`[aria-label="${name}"] ${THREAD} article`).first().waitFor();
}

async function withPage<T>(browser: Browser, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await openPage(browser, url);
  try {
    await showAll(page);
    await page.evaluate(installProbe, THREAD);
    return await work(page);
  } finally {
    await page.context().close();
  }
}

/** The application on a copy of the data, with one page of a browser of its own. */
async function withApplication<T>(
  data: CacheData,
  scratch: string,
  browser: Browser,
  work: (open: <R>(use: (page: Page) => Promise<R>) => Promise<R>) => Promise<T>,
): Promise<T> {
  const loopback = await startLoopback(await copyOf(data, scratch));
  try {
    return await work((use) => withPage(browser, loopback.url, use));
  } finally {
    await browser.close();
    await loopback.close();
  }
}

export const benchmark: Benchmark = {
  title: 'The page in Chromium',
  async run(options, say) {
    const large = await largeData(options, say);
    const forScrolling = await giantData(options, say);
    const size = giantSize(options);
    const giant = makeDataset(size).contact(size.conversations).name;
    const capped = await launchChromium();
    if ('skipped' in capped) return capped;
    const switched = await withApplication(large, options.scratch, capped, (open) =>
      open((page) => switching(page, options, say)),
    );
    const uncapped = await launchChromium({ uncapped: true });
    if ('skipped' in uncapped) return uncapped;
    return withApplication(forScrolling, options.scratch, uncapped, async (open) => {
      const thread = await open(async (page) => {
        await openGiant(page, giant);
        const scrolled = await scrolling(page, options, say, 'thread', THREAD, '[data-index]', -1);
        return [...scrolled, ...(await prepending(page, options, say))];
      });
      const list = await open((page) => scrolling(page, options, say, 'list', LIST, '[role="row"]', 1));
      return [...switched, ...thread, ...list];
    });
  },
};
