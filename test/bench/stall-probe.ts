/** What runs inside the page to see for how long it stands still. Handed over as one function, so it may use nothing from outside itself. */

export type Standstill = {
  /** The longest time without a turn of the event loop, by the clock, in ms. */
  gap: number;
  /** The longest of the tasks that the browser reports as long, in ms; 0 when none took 50 ms. */
  task: number;
  /** How many tasks took 50 ms or more. */
  tasks: number;
};

declare global {
  interface Window {
    stallProbe: { start(): void; stop(): Standstill };
  }
}

export function installStallProbe(): void {
  let gap = 0;
  let last = 0;
  let going = false;
  let long: number[] = [];
  const note = (entries: PerformanceEntryList): void => {
    for (const entry of entries) long.push(entry.duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  // One message after the other: a turn of the event loop each, without the least delay of a timer.
  const channel = new MessageChannel();
  channel.port1.addEventListener('message', () => {
    const now = performance.now();
    gap = Math.max(gap, now - last);
    last = now;
    // Not without a pause, or the probe itself would be what keeps the machine busy.
    if (going) setTimeout(() => channel.port2.postMessage(null), 1);
  });
  channel.port1.start();
  window.stallProbe = {
    start() {
      observer.observe({ type: 'longtask' });
      long = [];
      gap = 0;
      going = true;
      last = performance.now();
      channel.port2.postMessage(null);
    },
    stop() {
      going = false;
      gap = Math.max(gap, performance.now() - last);
      note(observer.takeRecords());
      observer.disconnect();
      return { gap, task: Math.max(0, ...long), tasks: long.length };
    },
  };
}
