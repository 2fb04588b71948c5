/** Waits until a condition holds. Fails after `limitMs`, saying what was waited for and, if given, what was seen last. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  options: { limitMs?: number; seen?: () => unknown } = {},
): Promise<void> {
  const end = Date.now() + (options.limitMs ?? 60_000);
  while (!(await holds())) {
    if (Date.now() > end) {
      const seen = options.seen === undefined ? '' : `; last seen: ${JSON.stringify(await options.seen())}`;
      throw new Error(`did not happen in time: ${what}${seen}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
