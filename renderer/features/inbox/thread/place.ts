/** What keeps the reader's place in the thread while rows come, go and change their height around it. */
import type { VirtualItem, Virtualizer } from '@tanstack/react-virtual';
import { measureElement } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useState } from 'react';
import type { Row } from './rows.ts';

type Thread = Virtualizer<HTMLDivElement, HTMLDivElement>;

/** Room above the oldest row for the word about older messages, in px. Constant, so that nothing moves when the word changes. */
export const EDGE = 48;

/** What history that was put in front has changed. */
export interface Front {
  readonly firstKey: string | undefined;
  /** Rows that came with the last of it. */
  readonly count: number;
  /** The row that was the oldest before: it loses its day and its author when they are said further up now. */
  readonly seam: string | undefined;
}

/** Follows what is put in front of the rows that were already shown. */
export function useFront(rows: ReadonlyArray<Row>): Front {
  const firstKey = rows[0]?.key;
  const [front, setFront] = useState<Front>({ firstKey, count: 0, seam: undefined });
  if (front.firstKey !== firstKey) {
    const count = Math.max(
      0,
      rows.findIndex((row) => row.key === front.firstKey),
    );
    setFront({ firstKey, count, seam: count > 0 ? front.firstKey : undefined });
  }
  return front;
}

/** Whether the view goes along when a row turns out to be `delta` px higher than was thought: what is below it then stays in its place. */
export function goesAlong(item: VirtualItem, delta: number, thread: Thread, front: Front): boolean {
  const offset = thread.scrollOffset ?? 0;
  // At the very top there is the edge between the first row and what is in sight.
  const above = item.start <= offset + EDGE;
  // What the seam loses is at its top: its bubble stays where it is.
  if (thread.itemSizeCache.has(item.key))
    return item.end <= offset || (item.key === front.seam && delta < 0 && above);
  return item.start < offset || (item.index < front.count && above);
}

/**
 * Measures the rows that are there for the first time, and the row `changed`, before they are painted. Rows that come into being out of
 * sight are left to the virtualizer: reading a height makes the browser lay out at once.
 */
export function measureNew(thread: Thread, changed?: string): void {
  const offset = thread.scrollOffset ?? 0;
  const end = offset + (thread.scrollRect?.height ?? 0);
  const isNew = (key: VirtualItem['key']): boolean => !thread.itemSizeCache.has(key);
  const appears = thread
    .getVirtualItems()
    .some((item) => isNew(item.key) && item.end > offset && item.start < end);
  if (!appears && changed === undefined) return;
  const sizes: [key: VirtualItem['key'], index: number, height: number][] = [];
  for (const [key, element] of thread.elementsCache) {
    if ((!isNew(key) && key !== changed) || !element.isConnected) continue;
    sizes.push([key, thread.indexFromElement(element), element.offsetHeight]);
  }
  for (const [key, index, height] of sizes) {
    thread.resizeItem(index, height);
    // Nor is it forgotten that a guess was right.
    thread.itemSizeCache.set(key, height);
  }
}

/**
 * Measures rows as they appear: the heights of all that a commit brings are read together, before the first of them is moved. One by one,
 * each reading would make the browser lay out anew what the one before has changed.
 */
export function useMeasuring(): Thread['options']['measureElement'] {
  const [heights] = useState(() => new Map<Element, number>());
  // They hold for the commit in which they were read.
  useLayoutEffect(() => heights.clear());
  return useCallback(
    (element, entry, thread) => {
      if (entry !== undefined) return measureElement(element, entry, thread);
      if (!heights.has(element)) {
        const known = new Set<Element>(thread.elementsCache.values());
        known.delete(element);
        for (const row of element.parentElement?.querySelectorAll<HTMLElement>(':scope > [data-index]') ?? [])
          if (!known.has(row)) heights.set(row, row.offsetHeight);
      }
      return heights.get(element) ?? element.offsetHeight;
    },
    [heights],
  );
}

/** `before` is where the scroller last was: further up means that the reader is just leaving, and must not be held. */
export function pinToEnd(element: HTMLElement | null, before: number): void {
  if (element === null || element.scrollTop < before - 1) return;
  if (element.scrollHeight - element.scrollTop - element.clientHeight < 1) return;
  element.scrollTop = element.scrollHeight;
}
