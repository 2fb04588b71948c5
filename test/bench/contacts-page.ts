/** The table of 100,000 contacts in a real Chromium: scrolling, and a key in the search box until its rows are painted. */
import type { Browser, Page } from '@playwright/test';
import type { Benchmark, BenchOptions } from './benchmark.ts';
import { launchChromium } from './chromium.ts';
import { channels, labels, me, policy, users, workspace } from './directory.ts';
import { type CacheData, freshData, NOWHERE, openData, settleIndex } from './files.ts';
import { startLoopback } from './loopback.ts';
import { figure, median, quantile, type Figure } from './measure.ts';
import { installProbe, type ScrollReport } from './page-probe.ts';
import { labelIds, personNumber, plan, score } from './people-data.ts';
import { storedSession } from './session.ts';

const FRAME_MS = 1000 / 60;
const GRID = '[role="grid"][aria-label="Contacts"]';
const ROW = `${GRID} [role="row"][data-contact]`;
const BATCH = 2_000;
/** Typed letter by letter, each key a search of its own. */
const TYPED = ['ines duarte', '0151 0007', 'weber', 'lumen', 'tariq x', 'elena.go', 'segm', 'zoe ab'];

type Say = (line: string) => void;

/** Signed in, synchronised, with that many people and no conversation. */
async function peopleData(options: BenchOptions, people: number, say: Say): Promise<CacheData> {
  const data = await freshData(options.scratch);
  const cache = await openData(data);
  try {
    await cache.write.saveSession(storedSession(NOWHERE));
    const own = labelIds.map(
      (id, n) => ({ id, name: `Segment ${n}`, colour: 'red', deleted: false, rev: 1 }) as const,
    );
    await cache.write.applySnapshot({
      asOf: 1,
      workspace,
      me,
      users,
      channels,
      teams: [],
      labels: [...labels, ...own],
      templates: [],
      library: [],
      fields: [plan, score],
      policy,
      totals: { conversations: 0, messages: 0 },
    });
    await cache.write.applyPage({ type: 'conversations', page: { asOf: 1, items: [], next: null } });
    for (let from = 0; from < people; from += BATCH) {
      const contacts = Array.from({ length: Math.min(BATCH, people - from) }, (_, n) =>
        personNumber(from + n),
      );
      const next = from + BATCH < people ? `${from}` : null;
      await cache.write.applyPage({ type: 'contacts', page: { asOf: 1, contacts, next } });
    }
    await cache.write.applyPage({
      type: 'history',
      page: { asOf: 1, messages: [], notes: [], activities: [], next: null },
    });
    await settleIndex(cache);
  } finally {
    await cache.close();
  }
  say(`${people.toLocaleString('en')} contacts are there`);
  return data;
}

async function openTable(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  await page.goto(url);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Contacts' }).click();
  await page.locator(ROW).first().waitFor();
  await page.evaluate(installProbe, GRID);
  return page;
}

async function scrolling(page: Page, options: BenchOptions, say: Say): Promise<Figure[]> {
  const slow: ScrollReport[] = [];
  const fast: ScrollReport[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const step = (size: number, frames: number): Promise<ScrollReport> =>
      page.evaluate(([box, row, by, count]) => window.probe.scroll(box, row, by, count), [
        GRID,
        '[role="row"]',
        size,
        frames,
      ] as const);
    slow.push(await step(100, 300));
    fast.push(await step(1_500, 60));
    const p95 = quantile(slow[round]?.frames ?? [], 0.95);
    say(`scrolling, round ${round + 1} of ${options.rounds}: p95 ${p95.toFixed(1)} ms`);
  }
  const floor = { what: 'a frame at 60 Hz', rounds: [FRAME_MS] };
  const p95 = (all: ScrollReport[]): number[] => all.map((it) => quantile(it.frames, 0.95));
  const blank = (all: ScrollReport[]): number[] => [all.reduce((sum, it) => sum + it.blank, 0)];
  const goal = { of: 'ratio', atMost: 0.6 } as const;
  return [
    figure('table of contacts, frame work by 100 px, p95', 'ms', p95(slow), { floor, goal }),
    figure('table of contacts, frame work by 1,500 px, p95', 'ms', p95(fast), { floor, goal }),
    figure('table of contacts, blank samples', 'samples', blank([...slow, ...fast]), {
      goal: { of: 'value', atMost: 0 },
    }),
  ];
}

/** Types a text letter by letter and answers, for each, the milliseconds until the rows that fit were painted. */
function typed(page: Page, text: string): Promise<number[]> {
  return page.evaluate(
    async ([whole, selector]) => {
      const box = document.querySelector<HTMLInputElement>('input[type="search"]');
      const grid = document.querySelector<HTMLElement>(selector);
      if (box === null || grid === null) throw new Error('the table is not there');
      const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
      const task = (): Promise<void> =>
        new Promise((resolve) => {
          const channel = new MessageChannel();
          channel.port1.addEventListener('message', () => resolve());
          channel.port1.start();
          channel.port2.postMessage(null);
        });
      const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      const took: number[] = [];
      for (let end = 0; end <= whole.length; end += 1) {
        const text = whole.slice(0, end);
        await frame();
        await task();
        const before = performance.now();
        setter?.call(box, text);
        box.dispatchEvent(new Event('input', { bubbles: true }));
        // A message is handled after the frame that we are in has been painted.
        do {
          await frame();
        } while (grid.dataset['query'] !== text.trim() || grid.getAttribute('aria-busy') === 'true');
        await task();
        if (end > 0) took.push(performance.now() - before);
      }
      return took;
    },
    [text, GRID] as const,
  );
}

async function searching(page: Page, options: BenchOptions, say: Say): Promise<Figure[]> {
  const rounds: number[][] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const took: number[] = [];
    for (const text of TYPED) took.push(...(await typed(page, `${text}${round === 0 ? '' : round}`)));
    rounds.push(took);
    say(
      `search, round ${round + 1} of ${options.rounds}: median ${median(took).toFixed(1)} ms, p95 ${quantile(took, 0.95).toFixed(1)} ms`,
    );
  }
  return [
    figure(
      'key to painted search of contacts, p50',
      'ms',
      rounds.map((it) => median(it)),
      { goal: { of: 'value', atMost: Math.ceil(3 * FRAME_MS) } },
    ),
    figure(
      'key to painted search of contacts, p95',
      'ms',
      rounds.map((it) => quantile(it, 0.95)),
      { goal: { of: 'value', atMost: 100 } },
    ),
  ];
}

export const benchmark: Benchmark = {
  title: 'The table of contacts in Chromium',
  async run(options, say) {
    const people = options.quick ? 10_000 : 100_000;
    const data = await peopleData(options, people, say);
    const capped = await launchChromium();
    if ('skipped' in capped) return capped;
    const uncapped = await launchChromium({ uncapped: true });
    if ('skipped' in uncapped) return uncapped;
    const inFolder = async (
      browser: Browser,
      measure: (page: Page, options: BenchOptions, say: Say) => Promise<Figure[]>,
    ): Promise<Figure[]> => {
      const loopback = await startLoopback(data);
      try {
        const page = await openTable(browser, loopback.url);
        return await measure(page, options, say);
      } finally {
        await browser.close();
        await loopback.close();
      }
    };
    const searched = await inFolder(capped, searching);
    return [...searched, ...(await inFolder(uncapped, scrolling))];
  },
};
