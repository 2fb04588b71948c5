import type { RefObject } from 'react';
import { useCallback, useRef } from 'react';

/** A box that appears later than this after the focus was asked for does not take it any more, in ms. */
const PATIENCE = 1_500;

/**
 * Puts the focus into the text box, also when it is about to appear in the place of something else. `shown` is to be told when it
 * appears and goes.
 */
export function useBoxFocus(
  textRef: RefObject<HTMLTextAreaElement | null>,
  onText: (element: HTMLTextAreaElement | null) => void,
): { focus: () => void; shown: (element: HTMLTextAreaElement | null) => void } {
  const askedAt = useRef<number | null>(null);
  const take = useCallback(
    () =>
      requestAnimationFrame(() => {
        const box = textRef.current;
        if (box === null || askedAt.current === null) return;
        if (performance.now() - askedAt.current < PATIENCE) box.focus();
        askedAt.current = null;
      }),
    [textRef],
  );
  const focus = useCallback(() => {
    askedAt.current = performance.now();
    // At once where it is there: the next letter, however soon it comes, belongs into it. Then again, should another take its place.
    textRef.current?.focus();
    take();
  }, [take, textRef]);
  const shown = useCallback(
    (element: HTMLTextAreaElement | null) => {
      onText(element);
      if (element !== null && askedAt.current !== null) take();
    },
    [onText, take],
  );
  return { focus, shown };
}
