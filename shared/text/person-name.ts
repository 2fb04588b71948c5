/** C0 and C1 controls, and those of Unicode that embed, override or isolate a direction (UAX #9, section 2). */
const CONTROLS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A name as somebody gave it, made fit to stand within other text: without control characters, which could turn around or break the
 * words beside it, and with single spaces. Marks of direction (U+200E, U+200F) and joiners stay: names are written with them.
 */
export function cleanName(name: string): string {
  return name.replace(CONTROLS, ' ').replace(/\s+/gu, ' ').trim();
}
