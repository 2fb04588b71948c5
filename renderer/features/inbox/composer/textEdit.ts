import type { Edited } from '../../../../shared/text/format-edit.ts';

/** Puts a text in place of the selection. */
export function inserted(text: string, start: number, end: number, by: string): Edited {
  const caret = start + by.length;
  return { text: text.slice(0, start) + by + text.slice(end), start: caret, end: caret };
}

/**
 * Makes a text box say `edited`, as if it had been typed: the box's own undo takes it back, and its input event tells React. Only what
 * differs is replaced.
 */
export function applyEdit(box: HTMLTextAreaElement, edited: Edited): void {
  const before = box.value;
  const { text } = edited;
  let from = 0;
  const most = Math.min(before.length, text.length);
  while (from < most && before[from] === text[from]) from += 1;
  let same = 0;
  while (same < most - from && before[before.length - 1 - same] === text[text.length - 1 - same]) {
    same += 1;
  }
  const by = text.slice(from, text.length - same);
  box.focus();
  box.setSelectionRange(from, before.length - same);
  // The only way into a text box that its undo knows; without it the box is set whole.
  const done =
    before === text ||
    (by === '' ? document.execCommand('delete') : document.execCommand('insertText', false, by));
  if (!done) {
    box.setRangeText(by);
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }
  box.setSelectionRange(edited.start, edited.end);
}
