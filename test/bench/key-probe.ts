/**
 * What runs inside the page to time keys that really are pressed, from the press to the frame that shows what they did. Handed over as
 * one function, so it may use nothing from outside itself.
 */

/**
 * What a key is to bring about: `text`: the box that has the focus holds something else; `results`: it does, and the results shown are
 * those of what it holds; `options`: a dialog shows something to choose from.
 */
export type Outcome = 'text' | 'results' | 'options';

export type KeyTime = {
  /** From the time stamp of the key press until the frame had been painted, in ms. */
  ms: number;
  /** Frames from the press to that one: 1 is the very next. */
  frames: number;
};

export type KeyProbe = {
  /** Every key from now on is timed. */
  start(outcome: Outcome): void;
  /** Waits until what was pressed is shown, and stops. */
  take(): Promise<KeyTime[]>;
  /** A box without anything behind it, in the place and the style of the one that has the focus, which takes the keys. */
  bareBox(): void;
  endBareBox(): void;
};

declare global {
  interface Window {
    keyProbe: KeyProbe;
  }
}

/** Frames after which a key is given up. */
export function installKeyProbe(): void {
  const LONGEST = 10_000;
  type Box = HTMLInputElement | HTMLTextAreaElement;
  const isBox = (element: Element | null): element is Box =>
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  const textOf = (): string | null => {
    const focused = document.activeElement;
    return isBox(focused) ? focused.value : null;
  };
  const conditions: Record<Outcome, (before: string | null) => boolean> = {
    text: (before) => textOf() !== before,
    results: (before) =>
      textOf() !== before && document.querySelector('[role="listbox"][aria-busy="true"]') === null,
    options: () => document.querySelector('[role="dialog"] [role="option"]') !== null,
  };
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  /** Resolves in a task after the frame that we are in was painted. */
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', () => {
        resolve(performance.now());
        channel.port1.close();
      });
      channel.port1.start();
      channel.port2.postMessage(null);
    });
  let times: Promise<KeyTime>[] = [];
  let met: ((before: string | null) => boolean) | null = null;
  const follow = async (at: number, before: string | null, isMet: typeof met): Promise<KeyTime> => {
    const until = at + LONGEST;
    for (let frames = 1; ; frames += 1) {
      await nextFrame();
      if (isMet?.(before) === true) return { ms: (await painted()) - at, frames };
      if (performance.now() > until) throw new Error('a key did nothing');
    }
  };
  window.addEventListener(
    'keydown',
    (event) => {
      if (met === null || ['Control', 'Meta', 'Shift', 'Alt'].includes(event.key)) return;
      times.push(follow(event.timeStamp, textOf(), met));
    },
    { capture: true },
  );
  let bare: HTMLTextAreaElement | null = null;
  let covered: Box | null = null;
  window.keyProbe = {
    start(outcome) {
      times = [];
      met = conditions[outcome];
    },
    async take() {
      met = null;
      return Promise.all(times);
    },
    bareBox() {
      const box = document.activeElement;
      if (!isBox(box)) throw new Error('no box has the focus');
      covered = box;
      const { left, top, width } = box.getBoundingClientRect();
      bare = document.createElement('textarea');
      bare.className = box.className;
      bare.rows = 1;
      Object.assign(bare.style, {
        position: 'fixed',
        insetInlineStart: `${left}px`,
        insetBlockStart: `${top}px`,
        inlineSize: `${width}px`,
        zIndex: '9999',
        background: 'Canvas',
      });
      document.body.append(bare);
      bare.focus();
    },
    endBareBox() {
      bare?.remove();
      bare = null;
      covered?.focus();
    },
  };
}
