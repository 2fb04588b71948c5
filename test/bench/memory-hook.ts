/** Loaded into the application's process before it starts: answers, when asked, how much memory it has. */
import process from 'node:process';

export type MemoryReport = { rss: number; heapUsed: number; external: number };

process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const report: MemoryReport = { rss, heapUsed, external };
  process.send?.(report);
});
// A benchmark that is killed leaves no application behind.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Asking must not be what keeps the application alive.
process.channel?.unref();
