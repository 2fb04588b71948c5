/**
 * Runs `work` at once, and again after `wait` ms if it was asked for meanwhile: the first change shows immediately, a flood shows
 * at a steady pace, and the last one is never lost.
 */
export function throttle(work: () => void, wait: number): () => void {
  let resting = false;
  let again = false;
  const run = (): void => {
    resting = true;
    again = false;
    work();
    setTimeout(() => {
      resting = false;
      if (again) run();
    }, wait);
  };
  return () => {
    if (resting) again = true;
    else run();
  };
}
