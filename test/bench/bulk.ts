/**
 * One action on a thousand conversations, and its undoing: for how long the page stands still, from the key until the gateway has answered
 * every command and the last change has been shown.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import type { BenchOptions, Benchmark } from './benchmark.ts';
import { launchChromium, LIST, LIST_ROWS, openPage, showAll, THREAD } from './chromium.ts';
import { copyOf, largeData } from './files.ts';
import { startLoopback } from './loopback.ts';
import { figure, type Figure } from './measure.ts';
import { longestTask } from './page-work.ts';
import { monotonic, startPageServer, type PageServer } from './page-server-client.ts';
import { installStallProbe, type Standstill } from './stall-probe.ts';

/** As many as there are, when there are fewer. */
const MANY = 1_000;
/** Nothing has happened for so long: it is over. In ms. */
const QUIET = 1_500;

type Step = { action: Action; key: string; picks: boolean };
type Action = 'assign' | 'assign, undone' | 'close' | 'close, undone';
/** Pressed in this order, each upon what the one before has left. */
const STEPS: readonly Step[] = [
  { action: 'assign', key: 'm', picks: true },
  { action: 'assign, undone', key: 'Control+z', picks: false },
  { action: 'close', key: 'e', picks: true },
  { action: 'close, undone', key: 'Control+z', picks: false },
];

/** `computed`: the processor time of the dearest task, in ms. */
type Seen = Standstill & { took: number; computed: number };

/** Selects the first `many` of the list with the mouse: one click, a scroll, and one with Shift. */
async function pick(page: Page, many: number): Promise<void> {
  const list = page.locator(LIST);
  await list.evaluate((grid) => grid.scrollTo(0, 0));
  await page.locator(`${LIST} [aria-rowindex="1"] [data-pick]`).click();
  const last = page.locator(`${LIST} [aria-rowindex="${String(many)}"] [data-pick]`);
  const rowHeight = await page
    .locator(LIST_ROWS)
    .first()
    .evaluate((row) => row.clientHeight);
  // Further rows are read as the list is scrolled.
  while ((await last.count()) === 0) {
    await list.evaluate((grid, top) => grid.scrollTo(0, top), (many - 3) * rowHeight);
    await pause(50);
  }
  await last.click({ modifiers: ['Shift'] });
  await page
    .getByRole('toolbar')
    .getByText(new RegExp(`${String(many)} .*selected`))
    .waitFor();
}

/** Presses the key and waits until it is done, and the gateway has nothing more to hear or to say. */
async function press(page: Page, server: PageServer, { key, picks }: Step): Promise<Omit<Seen, 'computed'>> {
  await page.locator(LIST).focus();
  await page.evaluate(() => window.stallProbe.start());
  const started = monotonic();
  let ended = 0;
  const stopListening = server.listen((report) => {
    if (report.type === 'drained' || report.type === 'heard') ended = monotonic();
  });
  await page.keyboard.press(key);
  // What was selected is no longer so once it is done; an undoing says it.
  if (picks) await page.getByRole('toolbar').waitFor({ state: 'detached' });
  else await page.getByText('Undone.').waitFor();
  ended = monotonic();
  while (monotonic() - ended < QUIET) await pause(50);
  stopListening();
  // Not to be taken for the word about the next one.
  if (!picks) await page.getByText('Undone.').waitFor({ state: 'detached' });
  return { ...(await page.evaluate(() => window.stallProbe.stop())), took: ended - started };
}

async function measure(
  browser: Browser,
  page: Page,
  server: PageServer,
  many: number,
): Promise<Record<Action, Seen>> {
  const seen: Partial<Record<Action, Seen>> = {};
  for (const step of STEPS) {
    if (step.picks) await pick(page, many);
    const { result, longest } = await longestTask(browser, page, () => press(page, server, step));
    seen[step.action] = { ...result, computed: longest };
  }
  return seen as Record<Action, Seen>;
}

/** What the page takes for a stall when nothing is done: the neighbours on the machine. */
async function rest(page: Page): Promise<Standstill> {
  await page.evaluate(() => window.stallProbe.start());
  await pause(3_000);
  return page.evaluate(() => window.stallProbe.stop());
}

export const benchmark: Benchmark = {
  title: 'An action on many conversations',
  async run(options: BenchOptions, say) {
    const browser = await launchChromium();
    if ('skipped' in browser) return browser;
    const many = Math.min(MANY, options.large.conversations / 2);
    const server = await startPageServer({ size: options.large });
    const loopback = await startLoopback(
      await copyOf(await largeData(options, say), options.scratch),
      server.url,
    );
    const rounds: Record<Action, Seen>[] = [];
    const idle: Standstill[] = [];
    try {
      const page = await openPage(browser, loopback.url);
      await page.locator('[role="status"][data-state="online"]').waitFor();
      await showAll(page);
      await page.locator(LIST_ROWS).first().click();
      await page.locator(`${THREAD} article`).first().waitFor();
      await page.evaluate(installStallProbe);
      for (let round = 0; round < options.rounds; round += 1) {
        idle.push(await rest(page));
        const seen = await measure(browser, page, server, many);
        rounds.push(seen);
        const told = STEPS.map(
          ({ action }) =>
            `${action} ${seen[action].gap.toFixed(0)} (own ${seen[action].computed.toFixed(0)}) ms of ${seen[action].took.toFixed(0)} ms`,
        );
        say(`round ${round + 1} of ${options.rounds}: ${told.join(', ')}`);
      }
      await page.context().close();
    } finally {
      await browser.close();
      await loopback.close();
      await server.close();
    }
    const floor = { what: 'nothing is done', rounds: idle.map((it) => it.gap) };
    return STEPS.flatMap(({ action }): Figure[] => {
      const all = rounds.map((it) => it[action]);
      return [
        figure(
          `${action}, longest the page stood still`,
          'ms',
          all.map((it) => it.gap),
          {
            floor,
            goal: { of: 'value', atMost: 50 },
            note: `${many.toLocaleString('en')} conversations; ${String(all.reduce((sum, it) => sum + it.tasks, 0))} long tasks in ${String(all.length)} rounds`,
          },
        ),
        figure(
          `${action}, most processor time of the page in one task`,
          'ms',
          all.map((it) => it.computed),
          { goal: { of: 'value', atMost: 50 } },
        ),
        figure(
          `${action}, longest task over 50 ms`,
          'ms',
          all.map((it) => it.task),
        ),
        figure(
          `${action}, key until all is acked and shown`,
          'ms',
          all.map((it) => it.took),
        ),
      ];
    });
  },
};
