/** The icon in the tray: how many conversations wait, and what can be done without the window. */
import { Menu, Tray, nativeImage } from 'electron';
import type { Words } from '../app/words.ts';
import { trayIcon } from './tray-icon.ts';

export type TrayActions = {
  open(): void;
  /** Until then (epoch milliseconds) nothing is announced; null: from now on again. */
  doNotDisturb(until: number | null): void;
  quit(): void;
  /** In the language that is set now. */
  words(): Words;
  now(): number;
};

export type AppTray = { setCount(count: number): void; close(): void };

const HOUR = 3_600_000;

/** Null where the desktop has no tray. */
export function createTray(actions: TrayActions): AppTray | null {
  let tray: Tray;
  try {
    tray = new Tray(nativeImage.createFromBuffer(trayIcon(), { scaleFactor: 2 }));
  } catch {
    return null; // A desktop without a tray: the window and the dock do everything that it does.
  }
  let undisturbedUntil = 0;

  function menu(): Menu {
    const words = actions.words();
    const undisturbed = actions.now() < undisturbedUntil;
    return Menu.buildFromTemplate([
      { label: words.open, click: actions.open },
      {
        label: undisturbed ? words.endDoNotDisturb : words.doNotDisturb,
        click() {
          undisturbedUntil = undisturbed ? 0 : actions.now() + HOUR;
          actions.doNotDisturb(undisturbed ? null : undisturbedUntil);
          renew();
        },
      },
      { type: 'separator' },
      { label: words.quit, click: actions.quit },
    ]);
  }

  /** Linux shows the menu by itself, so it is made anew when its words change. */
  function renew(): void {
    tray.setContextMenu(menu());
  }

  renew();
  tray.on('click', actions.open);
  return {
    setCount(count) {
      tray.setToolTip(count === 0 ? 'Parley' : `Parley (${count})`);
      // Only macOS shows words beside the icon.
      tray.setTitle(count === 0 ? '' : String(count));
      renew();
    },
    close: () => tray.destroy(),
  };
}
