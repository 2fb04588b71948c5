/** Whoever closes the page is asked first while something would be lost by it: unsent, of a workspace that keeps nothing on this machine. */
import type { Bridge } from './bridge/bridge.ts';

let lost = 0;
/** Making the page anew loses nothing: what waits is in the main process. */
let renewing = false;

function ask(event: BeforeUnloadEvent): void {
  if (lost > 0 && !renewing) event.preventDefault();
}

/** On every screen, the lock included. Returns a function that stops it. */
export function followLeaving(bridge: Bridge): () => void {
  const look = (): void => {
    // A main process that is away has lost it already.
    bridge.call('window.lostOnQuit', {}).then(
      (answer) => (lost = answer.lost),
      () => undefined,
    );
  };
  const stops = [bridge.on('app.state', look), bridge.on('connection', look)];
  window.addEventListener('beforeunload', ask);
  look();
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('beforeunload', ask);
  };
}

/** Makes the page anew without a question. */
export function renew(): void {
  renewing = true;
  window.location.reload();
}
