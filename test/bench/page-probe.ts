/** What runs inside the page to take its times. Handed over as one function, so it may use nothing from outside itself. */

export type ScrollReport = {
  /** Milliseconds between two frames, of the frames in which something was scrolled. */
  frames: number[];
  /** Frames in which a place inside the content showed no row. */
  blank: number;
  /** Frames without a scroll because there was nothing further yet. */
  waited: number;
};

export type Probe = {
  /**
   * Presses a key on what has the focus, right after a frame was painted, and answers the milliseconds until the first frame with
   * another thread was painted.
   */
  switchBy(key: string): Promise<number>;
  /** Keeps what the thread shows now, for the floor. Answers how many are kept. */
  capture(): number;
  /** The same key press, which puts the captured rows `n` into an empty pane by innerHTML. */
  floorBy(n: number): Promise<number>;
  endFloor(): void;
  scroll(selector: string, row: string, step: number, frames: number): Promise<ScrollReport>;
  /** Moves near the oldest loaded message and answers how far a row in sight went while older ones were put before it, in px. */
  prepend(selector: string): Promise<{ moved: number; rows: number } | null>;
};

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Installs `window.probe`. `thread` is the selector of the log of messages. */
export function installProbe(thread: string): void {
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        // A message is handled after the frame that we are in has been painted.
        const channel = new MessageChannel();
        channel.port1.addEventListener('message', () => resolve(performance.now()));
        channel.port1.start();
        channel.port2.postMessage(null);
      });
    });
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  /** Handlers run before it returns. The next frame is a whole frame away, for the product and for the floor alike. */
  const press = async (key: string): Promise<number> => {
    await painted();
    const at = performance.now();
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    return at;
  };
  /** Tells one thread from another: its name and its last message. */
  const shown = (): string | null => {
    const log = document.querySelector(thread);
    const rows = log?.querySelectorAll('article');
    const last = rows?.[rows.length - 1];
    if (log === null || log === undefined || last === undefined) return null;
    return `${log.parentElement?.closest('[aria-label]')?.getAttribute('aria-label') ?? ''}|${last.textContent ?? ''}`;
  };
  const kept: { html: string; className: string }[] = [];
  let pane: HTMLElement | null = null;

  /** An empty pane over the thread, which is out of sight meanwhile. */
  const emptyPane = (log: HTMLElement): HTMLElement => {
    if (pane !== null) return pane;
    const box = log.getBoundingClientRect();
    pane = document.createElement('div');
    Object.assign(pane.style, {
      position: 'fixed',
      insetInlineStart: `${box.left}px`,
      insetBlockStart: `${box.top}px`,
      inlineSize: `${box.width}px`,
      blockSize: `${box.height}px`,
      zIndex: '9999',
      overflow: 'auto',
      background: 'Canvas',
    });
    document.body.append(pane);
    log.style.visibility = 'hidden';
    return pane;
  };

  window.probe = {
    async switchBy(key) {
      const before = shown();
      const pressed = await press(key);
      for (let frames = 0; frames < 600; frames += 1) {
        await nextFrame();
        const now = shown();
        if (now === null || now === before) continue;
        // We are in the frame that shows it: a message is handled after it has been painted.
        const channel = new MessageChannel();
        await new Promise<void>((done) => {
          channel.port1.addEventListener('message', () => done());
          channel.port1.start();
          channel.port2.postMessage(null);
        });
        return performance.now() - pressed;
      }
      throw new Error('no other thread was shown');
    },
    capture() {
      const log = document.querySelector(thread);
      if (log !== null) kept.push({ html: log.innerHTML, className: log.className });
      return kept.length;
    },
    async floorBy(n) {
      const rows = kept[n % kept.length];
      const log = document.querySelector<HTMLElement>(thread);
      if (rows === undefined || log === null) throw new Error('nothing was captured');
      const target = emptyPane(log);
      const put = (event: KeyboardEvent): void => {
        event.stopPropagation();
        target.className = rows.className;
        target.innerHTML = rows.html;
        target.scrollTop = target.scrollHeight;
      };
      window.addEventListener('keydown', put, { capture: true, once: true });
      const pressed = await press('F8');
      return (await painted()) - pressed;
    },
    endFloor() {
      pane?.remove();
      pane = null;
      const log = document.querySelector<HTMLElement>(thread);
      if (log !== null) log.style.visibility = '';
    },
    async scroll(selector, row, step, count) {
      const box = document.querySelector<HTMLElement>(selector);
      if (box === null) throw new Error(`${selector} is not there`);
      const report: ScrollReport = { frames: [], blank: 0, waited: 0 };
      let last = await nextFrame();
      let scrolled = false;
      let idle = 0;
      let by = step;
      while (report.frames.length < count) {
        const now = await nextFrame();
        if (scrolled) {
          report.frames.push(now - last);
          const { left, width, top, height } = box.getBoundingClientRect();
          let missing = false;
          for (const share of [0.15, 0.35, 0.55, 0.75, 0.95]) {
            const y = height * share;
            // Before the first row there is room for a word about older ones.
            if (box.scrollTop + y < 80 || box.scrollTop + y > box.scrollHeight - 40) continue;
            const found = document.elementFromPoint(left + width / 2, top + y);
            if (found === null || (box.contains(found) && found.closest(row) === null)) missing = true;
          }
          if (missing) report.blank += 1;
        }
        last = now;
        const before = box.scrollTop;
        box.scrollTop += by;
        scrolled = box.scrollTop !== before;
        if (scrolled) {
          idle = 0;
          continue;
        }
        report.waited += 1;
        idle += 1;
        // The very end: nothing more comes, so back again.
        if (idle === 300) by = -by;
        if (idle > 2_000) break;
      }
      return report;
    },
    async prepend(selector) {
      const box = document.querySelector<HTMLElement>(selector);
      if (box === null) throw new Error(`${selector} is not there`);
      box.scrollTop = 400;
      await nextFrame();
      await nextFrame();
      const { top, height } = box.getBoundingClientRect();
      const items = [...box.querySelectorAll<HTMLElement>('[data-index]')];
      const anchor = items.find((it) => it.getBoundingClientRect().top > top + height / 3);
      if (anchor === undefined) return null;
      const start = anchor.getBoundingClientRect().top;
      const index = Number(anchor.dataset['index']);
      let moved = 0;
      for (let frames = 0; frames < 240; frames += 1) {
        await nextFrame();
        if (!anchor.isConnected) return { moved: Number.POSITIVE_INFINITY, rows: 0 };
        moved = Math.max(moved, Math.abs(anchor.getBoundingClientRect().top - start));
        const rows = Number(anchor.dataset['index']) - index;
        // Some frames more: late measurements of the new rows must not move it either.
        if (rows > 0 && frames > 60) return { moved, rows };
      }
      const rows = Number(anchor.dataset['index']) - index;
      return rows > 0 ? { moved, rows } : null;
    },
  };
}
