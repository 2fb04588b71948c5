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

/**
 * The cursor of conversation pages. `walk`: from the newest to the oldest; `since` is the head of the log when the first page was
 * made. A conversation that becomes active meanwhile jumps over the place where the walk is, so after it comes a `tail`: what the log
 * has named since then, with contact and all.
 */
export type ConversationCursor =
  | { phase: 'walk'; since: number | null; from: Place }
  | { phase: 'tail'; after: number };

export function conversationCursorOf(cursor: ConversationCursor): string {
  return cursor.phase === 'tail' ? `tail.${cursor.after}` : `${cursor.since ?? 0}.${cursorOf(cursor.from)}`;
}

/** Null when the text is no cursor of ours. */
export function conversationPlaceOf(cursor: string | null): ConversationCursor | null {
  if (cursor === null) return { phase: 'walk', since: null, from: NEWEST };
  const tail = /^tail\.(\d{1,15})$/u.exec(cursor);
  if (tail !== null) return { phase: 'tail', after: Number(tail[1]) };
  const walk = /^(\d{1,15})\.(.+)$/su.exec(cursor);
  const from = walk?.[2] === undefined ? null : placeOf(walk[2]);
  return walk === null || from === null ? null : { phase: 'walk', since: Number(walk[1]), from };
}
