import { useLayoutEffect, useRef } from 'react';

/** Where the focus is, by what stays the same when the page is made anew: an element's name. */
let last: string | null = null;

/** Gives the focus back to the control of the same `name` after `key` has changed and everything was made anew. */
export function useKeptFocus(key: string): void {
  const before = useRef(key);
  useLayoutEffect(() => {
    const remember = (event: FocusEvent): void => {
      last = event.target instanceof Element ? event.target.getAttribute('name') : null;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  useLayoutEffect(() => {
    if (before.current === key) return;
    before.current = key;
    if (last !== null) document.querySelector<HTMLElement>(`[name="${CSS.escape(last)}"]`)?.focus();
  }, [key]);
}
