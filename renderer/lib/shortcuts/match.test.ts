import { expect, test } from 'vitest';
import { speak } from '../../i18n/t.ts';
import { Matcher, printed, SEQUENCE, shortcutOf, wordOf } from './match.ts';
import { SHORTCUTS } from './table.ts';

function key(name: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', true>> = {}) {
  return { key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held };
}

test('every key means one thing, and no sequence begins with a key that means something', () => {
  const words = SHORTCUTS.map(({ keys }) => keys.join(' '));
  expect(new Set(words).size).toBe(words.length);
  const singles = new Set(words.filter((word) => !word.includes(' ')));
  for (const { keys } of SHORTCUTS) if (keys.length > 1) expect(singles.has(keys[0] ?? '')).toBe(false);
  expect(new Set(SHORTCUTS.map(({ id }) => id)).size).toBe(SHORTCUTS.length);
});

test('a sequence is taken in time, and forgotten afterwards', () => {
  const matcher = new Matcher(false);
  expect(matcher.press(key('g'), 0)).toBe('pending');
  expect(matcher.press(key('m'), 100)).toBe('goMine');
  expect(matcher.press(key('m'), 200)).toBe('assignMe');
  expect(matcher.press(key('g'), 1_000)).toBe('pending');
  expect(matcher.press(key('m'), 1_001 + SEQUENCE)).toBe('assignMe');
});

test('Shift tells letters apart, and is part of a sign', () => {
  expect(wordOf(key('E', { shiftKey: true }), false)).toBe('Shift+e');
  expect(wordOf(key('?', { shiftKey: true }), false)).toBe('?');
  expect(wordOf(key('ArrowDown', { shiftKey: true }), false)).toBe('Shift+ArrowDown');
});

test('Mod is Ctrl here and Cmd there, and Alt is never ours', () => {
  expect(wordOf(key('k', { ctrlKey: true }), false)).toBe('Mod+k');
  expect(wordOf(key('k', { metaKey: true }), true)).toBe('Mod+k');
  expect(wordOf(key('k', { ctrlKey: true }), true)).toBeNull();
  expect(wordOf(key('e', { altKey: true }), false)).toBeNull();
});

test('keys are printed as the keyboard of the language has them, and as signs on a Mac', async () => {
  const shown = (mac: boolean): string[][] =>
    (['palette', 'closeReason', 'back', 'open'] as const).map((id) => printed(shortcutOf(id), mac));
  expect(shown(true)).toEqual([['⌘', 'K'], ['⇧', 'E'], ['esc'], ['↩']]);
  expect(shown(false)).toEqual([['Ctrl', 'K'], ['Shift', 'E'], ['Esc'], ['Enter']]);
  await speak('de');
  try {
    expect(shown(false)).toEqual([['Strg', 'K'], ['Umschalt', 'E'], ['Esc'], ['Eingabe']]);
  } finally {
    await speak('en');
  }
});
