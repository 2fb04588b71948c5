import { t } from '../../i18n/t.ts';
import type { Shortcut, ShortcutId } from './table.ts';
import { SHORTCUTS } from './table.ts';

/** What of a key event counts. */
export interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The first key of a sequence waits this long for the second, in ms. */
export const SEQUENCE = 1_500;

/**
 * A key event as a word of the table: `j`, `Shift+e`, `Mod+k`. Shift is named only where the character does not show it. Null for keys
 * that no shortcut has.
 */
export function wordOf(event: Pressed, mac: boolean): string | null {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (event.altKey || other) return null;
  const letter = event.key.length === 1;
  const named = letter ? event.key.toLowerCase() : event.key;
  const cased = letter && event.key.toLowerCase() !== event.key.toUpperCase();
  const shift = event.shiftKey && (!letter || cased) ? 'Shift+' : '';
  return `${mod ? 'Mod+' : ''}${shift}${named}`;
}

/** Follows keys to shortcuts, one after another; sequences are finished within `SEQUENCE`. */
export class Matcher {
  readonly #mac: boolean;
  #first: string | null = null;
  #firstAt = 0;

  constructor(mac: boolean) {
    this.#mac = mac;
  }

  /**
   * `now` in ms. Answers the shortcut that is complete with this key, `pending` when it begins a sequence, null when it means
   * nothing.
   */
  press(event: Pressed, now: number): ShortcutId | 'pending' | null {
    const word = wordOf(event, this.#mac);
    if (word === null || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return null;
    const first = this.#first !== null && now - this.#firstAt <= SEQUENCE ? this.#first : null;
    this.#first = null;
    if (first !== null) {
      const whole = SHORTCUTS.find(({ keys }) => keys.length === 2 && keys[0] === first && keys[1] === word);
      if (whole !== undefined) return whole.id;
    }
    const single = SHORTCUTS.find(({ keys }) => keys.length === 1 && keys[0] === word);
    if (single !== undefined) return single.id;
    if (!SHORTCUTS.some(({ keys }) => keys.length === 2 && keys[0] === word)) return null;
    this.#first = word;
    this.#firstAt = now;
    return 'pending';
  }

  reset(): void {
    this.#first = null;
  }
}

/** Keys as printed on the keyboard: in the words of the language, or in the signs of a Mac. */
export function printed(shortcut: Pick<Shortcut, 'keys'>, mac: boolean): string[] {
  return shortcut.keys.flatMap((step) =>
    step.split('+').map((part) => {
      switch (part) {
        case 'Mod':
          return mac ? '⌘' : t('triage.keyNames.ctrl');
        case 'Shift':
          return mac ? '⇧' : t('triage.keyNames.shift');
        case 'ArrowDown':
          return '↓';
        case 'ArrowUp':
          return '↑';
        case 'Escape':
          return mac ? 'esc' : t('triage.keyNames.escape');
        case 'Enter':
          return mac ? '↩' : t('triage.keyNames.enter');
        default:
          return part.length === 1 ? part.toUpperCase() : part;
      }
    }),
  );
}

/** The keys of one shortcut as one word, for tooltips and menus. */
export function keysOf(id: ShortcutId): string {
  return printed(shortcutOf(id), isMac()).join(' ');
}

export function shortcutOf(id: ShortcutId): Shortcut {
  const found = SHORTCUTS.find((shortcut) => shortcut.id === id);
  if (found === undefined) throw new Error(`no shortcut ${id}`);
  return found;
}

export function isMac(): boolean {
  return typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac');
}
