/** Memory of the application's process and of the page, before and after 200 conversations were opened one after the other. */
import { readFileSync } from 'node:fs';
import type { Benchmark } from './benchmark.ts';
import { launchChromium, LIST, LIST_ROWS, openPage, showAll, THREAD } from './chromium.ts';
import { copyOf, largeData } from './files.ts';
import { startLoopback } from './loopback.ts';
import { figure } from './measure.ts';
import { installProbe } from './page-probe.ts';

const OPENED = 200;

export const benchmark: Benchmark = {
  title: 'Memory after 200 conversations',
  async run(options, say) {
    const browser = await launchChromium();
    if ('skipped' in browser) return browser;
    const loopback = await startLoopback(await copyOf(await largeData(options, say), options.scratch));
    try {
      const page = await openPage(browser, loopback.url);
      await showAll(page);
      await page.evaluate(installProbe, THREAD);
      const devtools = await page.context().newCDPSession(page);
      const pageHeap = async (): Promise<number> => {
        await devtools.send('HeapProfiler.collectGarbage');
        const { usedSize } = await devtools.send('Runtime.getHeapUsage');
        return usedSize / 1e6;
      };
      const main = async (): Promise<{ rss: number; heap: number }> => {
        const report = await loopback.memory();
        return { rss: report.rss / 1e6, heap: report.heapUsed / 1e6 };
      };
      await page.locator(LIST_ROWS).first().click();
      await page.locator(`${THREAD} article`).first().waitFor();
      await page.locator(LIST).focus();
      const before = { main: await main(), page: await pageHeap() };
      say(`before: main ${before.main.rss.toFixed(0)} MB, heap of the page ${before.page.toFixed(1)} MB`);
      for (let n = 0; n < OPENED; n += 1) {
        await page.evaluate(() => window.probe.switchBy('ArrowDown'));
      }
      const after = { main: await main(), page: await pageHeap() };
      const nodes = (await devtools.send('Memory.getDOMCounters')).nodes;
      const system = await browser.newBrowserCDPSession();
      const { processInfo } = await system.send('SystemInfo.getProcessInfo');
      const renderers = processInfo.filter((it) => it.type === 'renderer').map((it) => residentMB(it.id));
      await page.context().close();
      const one = (what: string, value: number, earlier?: number) =>
        figure(
          what,
          'MB',
          [value],
          earlier === undefined ? {} : { floor: { what: 'before', rounds: [earlier] } },
        );
      return [
        one('main process, resident', after.main.rss, before.main.rss),
        one('main process, JavaScript heap', after.main.heap, before.main.heap),
        one('page, JavaScript heap', after.page, before.page),
        figure('page, DOM nodes', 'samples', [nodes]),
        ...renderers.filter((it) => it > 0).map((it) => one('page process, resident', it)),
      ];
    } finally {
      await browser.close();
      await loopback.close();
    }
  },
};

/** Resident megabytes of a process, 0 where the system does not tell by a file. */
function residentMB(pid: number): number {
  try {
    const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? 0 : Number(kib) / 1000;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
