/**
 * Typing in the composer, from the press of a key to the frame that shows the letter: while nothing else happens, while the first sync
 * of a million messages runs, and in a bare box of the same page.
 */
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import type { BenchOptions, Benchmark } from './benchmark.ts';
import { launchChromium, LIST_ROWS, openPage, showAll, signInAndShow } from './chromium.ts';
import { copyOf, freshData, largeData, type CacheData } from './files.ts';
import { installKeyProbe, type KeyTime } from './key-probe.ts';
import { startLoopback, type Loopback } from './loopback.ts';
import { figure, figures, quantile, type Figure } from './measure.ts';
import { startPageServer } from './page-server-client.ts';
import { taskClock } from './page-work.ts';
import { stream } from './random.ts';

const KEYS = 90;
const TEXT = 'Thank you for your patience, your order leaves the house tomorrow before noon. ';
/** A fast writer needs that long from one key to the next, and sometimes stops to think: the draft is saved then. In ms. */
const BETWEEN = { least: 50, most: 130, thought: 500, every: 25 };
/** Fewer keys than that while a sync ran say nothing. */
const LEAST = 20;
const FRAME_MS = 1000 / 60;

/**
 * `ms`: to the painted letter without a wait for the screen. `frames`: of a screen with 60 of them in a second. `work`: processor time of the
 * page for each letter on that screen, in ms, with everything else that it did meanwhile.
 */
type Round = { ms: number[]; frames: number[]; work: number };

async function type(
  page: Page,
  round: number,
  going: () => Promise<boolean>,
): Promise<{ times: KeyTime[]; work: number }> {
  const random = stream(round + 500);
  const clock = await taskClock(page);
  const before = await clock();
  await page.evaluate(() => window.keyProbe.start('text'));
  for (let n = 0; n < KEYS; n += 1) {
    await page.keyboard.press(TEXT[n % TEXT.length] === ' ' ? 'Space' : (TEXT[n % TEXT.length] ?? 'a'));
    await pause(BETWEEN.least + random() * (BETWEEN.most - BETWEEN.least));
    if (n % BETWEEN.every !== BETWEEN.every - 1) continue;
    await pause(BETWEEN.thought);
    if (!(await going())) break;
  }
  const times = await page.evaluate(() => window.keyProbe.take());
  return { times, work: ((await clock()) - before) / times.length };
}

/** Opens the newest conversation and goes to its box. */
async function toComposer(page: Page): Promise<void> {
  await showAll(page);
  await page.locator(LIST_ROWS).first().click();
  await page.getByRole('textbox', { name: 'Message', exact: true }).focus();
  await page.evaluate(installKeyProbe);
}

const always = (): Promise<boolean> => Promise.resolve(true);

async function inPage<T>(page: Page, work: (page: Page) => Promise<T>): Promise<T> {
  try {
    await toComposer(page);
    return await work(page);
  } finally {
    await page.context().close();
  }
}

async function idle(
  loopback: Loopback,
  browsers: Browsers,
  round: number,
): Promise<{ own: Round; bare: Round }> {
  const own: Round = { ms: [], frames: [], work: 0 };
  const bare: Round = { ms: [], frames: [], work: 0 };
  for (const [what, browser] of Object.entries(browsers)) {
    await inPage(await openPage(browser, loopback.url), async (page) => {
      const typed = await type(page, round, always);
      await page.evaluate(() => window.keyProbe.bareBox());
      const floor = await type(page, round, always);
      if (what === 'uncapped') {
        own.ms = typed.times.map((it) => it.ms);
        bare.ms = floor.times.map((it) => it.ms);
      } else {
        own.frames = typed.times.map((it) => it.frames);
        own.work = typed.work;
        bare.work = floor.work;
        bare.frames = floor.times.map((it) => it.frames);
      }
    });
  }
  return { own, bare };
}

type Browsers = { uncapped: Browser; capped: Browser };

/** Signs in to a new folder and types while everything comes. */
async function underSync(
  options: BenchOptions,
  gateway: string,
  browsers: Browsers,
  round: number,
): Promise<Round> {
  const done: Round = { ms: [], frames: [], work: 0 };
  for (const [what, browser] of Object.entries(browsers)) {
    const data = await freshData(options.scratch);
    const loopback = await startLoopback(data, gateway);
    try {
      await inPage(await signInAndShow(browser, loopback.url), async (page) => {
        const status = page.getByRole('status', { name: 'Connection' });
        const running = async (): Promise<boolean> =>
          (await status.getAttribute('data-state')) === 'catching_up';
        const { times, work } = await type(page, round, running);
        if (times.length < LEAST && !(await running()))
          throw new Error(`the first sync was over after ${times.length} keys`);
        if (what === 'uncapped') done.ms = times.map((it) => it.ms);
        else {
          done.frames = times.map((it) => it.frames);
          done.work = work;
        }
      });
    } finally {
      await loopback.close();
      rmSync(data.folder, { recursive: true, force: true });
    }
  }
  return done;
}

export const benchmark: Benchmark = {
  title: 'Typing in the composer',
  async run(options, say) {
    const uncapped = await launchChromium({ uncapped: true });
    if ('skipped' in uncapped) return uncapped;
    const capped = await launchChromium();
    if ('skipped' in capped) return capped;
    const browsers = { uncapped, capped };
    const data: CacheData = await copyOf(await largeData(options, say), options.scratch);
    const server = await startPageServer({ size: options.large });
    const own: Round[] = [];
    const bare: Round[] = [];
    const sync: Round[] = [];
    try {
      for (let round = 0; round < options.rounds; round += 1) {
        const loopback = await startLoopback(data);
        const quiet = await idle(loopback, browsers, round);
        await loopback.close();
        own.push(quiet.own);
        bare.push(quiet.bare);
        sync.push(await underSync(options, server.url, browsers, round));
        const p95 = (rounds: Round[]): string => quantile(rounds.at(-1)?.ms ?? [], 0.95).toFixed(1);
        say(
          `round ${round + 1} of ${options.rounds}: p95 idle ${p95(own)} ms, bare ${p95(bare)} ms, under sync ${p95(sync)} ms`,
        );
      }
    } finally {
      await uncapped.close();
      await capped.close();
      await server.close();
    }
    const ms = (rounds: Round[]): number[][] => rounds.map((it) => it.ms);
    const floor = { what: 'a bare box in the same page', rounds: ms(bare) };
    const goals = { 0.95: { of: 'value' as const, atMost: FRAME_MS } };
    const note = 'without a wait for the screen, as fast as the page can paint';
    const late = (what: string, rounds: Round[]): Figure =>
      figure(
        `${what}, 60 Hz: frames until it is shown, p95`,
        'samples',
        rounds.map((it) => quantile(it.frames, 0.95)),
        { goal: { of: 'value', atMost: 1 } },
      );
    const work = (what: string, rounds: Round[]): Figure =>
      figure(
        `${what}, processor time of the page per letter`,
        'ms',
        rounds.map((it) => it.work),
        {
          floor: { what: 'a bare box in the same page', rounds: bare.map((it) => it.work) },
          goal: { of: 'value', atMost: FRAME_MS },
        },
      );
    return [
      ...figures('key to painted letter, idle', 'ms', ms(own), { floor, goals, tail: 0.95, note }),
      ...figures('key to painted letter, first sync flat out', 'ms', ms(sync), { floor, goals, tail: 0.95 }),
      work('letter, idle', own),
      work('letter, first sync flat out', sync),
      late('letter, idle', own),
      late('letter, first sync flat out', sync),
    ];
  },
};
