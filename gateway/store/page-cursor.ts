/** The cursor of a page: the place (time, id) of the last row that was looked at. Opaque to the desktop, checked when it returns. */

export type Place = { at: number; id: string };

/** Before everything: where the newest page starts. */
export const NEWEST: Place = { at: Number.MAX_SAFE_INTEGER, id: '' };

export function cursorOf(place: Place): string {
  return `${place.at}.${place.id}`;
}

/** Null when the text is no cursor of ours. */
export function placeOf(cursor: string | null): Place | null {
  if (cursor === null) return NEWEST;
  const match = /^(\d{1,16})\.(.{0,128})$/su.exec(cursor);
  if (match === null) return null;
  const at = Number(match[1]);
  return Number.isSafeInteger(at) ? { at, id: match[2] ?? '' } : null;
}
