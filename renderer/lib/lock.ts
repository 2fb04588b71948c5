import type { Bridge } from './bridge/bridge.ts';
import { renew } from './leaving.ts';

/** Saves what is being written; the lock waits for it. */
type Saver = () => Promise<unknown>;

const savers = new Set<Saver>();

/** Returns a function that stops it. */
export function beforeLock(save: Saver): () => void {
  savers.add(save);
  return () => {
    savers.delete(save);
  };
}

/** Saves what is being written, then locks. Rejects when it could not be locked. */
export async function lockNow(bridge: Bridge): Promise<void> {
  await Promise.allSettled([...savers].map((save) => save()));
  await bridge.call('key.lock', {});
}

/** Makes the page anew: with the old one goes everything that it held. */
export function startAnew(): void {
  // Chromium judges what is typed into an e-mail box by an expression of its own, and keeps the last one as long as the process lives.
  const box = document.createElement('input');
  box.type = 'email';
  box.value = 'nobody@parley.invalid';
  box.checkValidity();
  renew();
}

const INPUT = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
/** How often the main process is told that somebody is here, in ms. */
const TELL_EVERY = 5_000;

/** Answers when the main process is about to lock, and tells it of input. Returns a function that stops it. */
export function followLock(bridge: Bridge): () => void {
  let told = 0;
  const touched = (): void => {
    const now = Date.now();
    if (Math.abs(now - told) < TELL_EVERY) return;
    told = now;
    // The next input tells it again.
    bridge.call('window.touched', {}).catch(() => undefined);
  };
  // A page that cannot answer is not waited for.
  const stop = bridge.on('locking', () => void lockNow(bridge).catch(() => undefined));
  for (const event of INPUT) window.addEventListener(event, touched, { capture: true, passive: true });
  return () => {
    stop();
    for (const event of INPUT) window.removeEventListener(event, touched, { capture: true });
  };
}
