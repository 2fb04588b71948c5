/** Whoever ends the application is asked first while something would be lost by it: the window's close, the menu, the tray, a shortcut. */
import { type BaseWindow, dialog } from 'electron';
import type { Words } from '../app/words.ts';

export type Leaving = {
  /** Whether it may end. Somebody who has said so is not asked again. */
  mayEnd(window: BaseWindow | null): boolean;
  /** The machine shuts down, or somebody ended the process: nobody is there to answer. */
  withoutAsking(): void;
};

export type LeavingOptions = {
  /** What waits to be sent and is in memory alone. */
  lostOnQuit(): number;
  words(): Pick<Words, 'unsentLost' | 'stay' | 'quit'>;
};

export function createLeaving(options: LeavingOptions): Leaving {
  let agreed = false;
  return {
    mayEnd(window) {
      const lost = options.lostOnQuit();
      if (agreed || lost === 0) return true;
      const { unsentLost, stay, quit } = options.words();
      const question = {
        type: 'warning' as const,
        message: unsentLost(lost),
        buttons: [stay, quit],
        defaultId: 0,
        cancelId: 0,
      };
      const chosen =
        window === null ? dialog.showMessageBoxSync(question) : dialog.showMessageBoxSync(window, question);
      agreed = chosen === 1;
      return agreed;
    },
    withoutAsking() {
      agreed = true;
    },
  };
}
