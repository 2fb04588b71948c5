/** What a page costs its main thread, in processor time: what is ours of a stall, and not a neighbour on the machine. */
import type { Browser, Page } from '@playwright/test';

type TraceEvent = {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds of processor time. */
  tdur?: number;
  args?: { name?: string };
};

/** Does `work` and answers the task of the page's main thread that took the most processor time meanwhile, in ms. */
export async function longestTask<T>(
  browser: Browser,
  page: Page,
  work: () => Promise<T>,
): Promise<{ result: T; longest: number }> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  let result: T;
  let recorded: Buffer;
  try {
    result = await work();
  } finally {
    recorded = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(recorded.toString('utf8')) as { traceEvents: TraceEvent[] };
  const place = ({ pid, tid }: TraceEvent): string => `${String(pid)}/${String(tid)}`;
  const mains = new Set(
    traceEvents.filter((it) => it.name === 'thread_name' && it.args?.name === 'CrRendererMain').map(place),
  );
  const tasks = traceEvents.filter(
    (it) => it.ph === 'X' && it.name.endsWith('RunTask') && mains.has(place(it)),
  );
  return { result, longest: Math.max(0, ...tasks.map((it) => it.tdur ?? 0)) / 1000 };
}

/** A clock of the processor time that the page's main thread has spent in tasks, in ms. */
export async function taskClock(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find((it) => it.name === 'TaskDuration')?.value ?? 0) * 1000;
  };
}
