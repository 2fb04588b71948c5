/** From an event inside of the message list to the row it is about. */
import type { RefObject } from 'react';
import type { Row } from './rows.ts';

/** Index of the row in which something happened. */
export function indexOf(target: EventTarget): number | null {
  const index = target instanceof Element ? target.closest('[data-index]')?.getAttribute('data-index') : null;
  return index == null ? null : Number(index);
}

/** The message itself has the focus, not what it holds. */
export function isArticle(target: EventTarget): boolean {
  return target instanceof Element && target.matches('article');
}

/** The bubble of a message: what its menu hangs on. */
export function bubbleOf(target: EventTarget): Element {
  const article = target instanceof Element ? target.closest('article') : null;
  return article?.querySelector('[data-bubble]') ?? article ?? document.body;
}

/** Where a bubble ends, in px from the side it stands on: the place of its tools. */
export function insetOf(target: EventTarget): number {
  const bubble = bubbleOf(target);
  const item = target instanceof Element ? target.closest('[data-index]') : null;
  const padding = item === null ? 24 : Number.parseFloat(getComputedStyle(item).paddingInlineStart);
  return padding + bubble.getBoundingClientRect().width + 6;
}

/** Selected text and links keep the menu of the system. */
export function isTextMenu(target: EventTarget): boolean {
  if (target instanceof Element && target.closest('a, input, textarea') !== null) return true;
  return window.getSelection()?.isCollapsed === false;
}

/** The next message or note from `from` (exclusive) in one direction. */
export function nextReadable(rows: ReadonlyArray<Row>, from: number, step: 1 | -1): number | null {
  for (let index = from + step; index >= 0 && index < rows.length; index += step) {
    const row = rows[index];
    if (row?.type === 'note' || (row?.type === 'message' && row.message.content.kind !== 'system'))
      return index;
  }
  return null;
}

/**
 * Gives the focus to the message of a row: at once, so that the next key finds it there; a row that exists only after the scroll that has
 * just been asked for gets it then.
 */
export function focusRow(list: RefObject<HTMLElement | null>, index: number | null): void {
  const focus = (): boolean => {
    const row = list.current?.querySelector<HTMLElement>(`[data-index="${String(index)}"] > article`);
    row?.focus({ preventScroll: true });
    return row != null;
  };
  if (!focus()) requestAnimationFrame(focus);
}

/** Messages and notes after the row with the key `seen`; none when that one is not here. */
export function newBelow(rows: ReadonlyArray<Row>, seen: string | undefined): number {
  const at = rows.findLastIndex((row) => row.key === seen);
  if (at === -1) return 0;
  return rows.slice(at + 1).filter((row) => row.type === 'message' || row.type === 'note').length;
}
