/** Largest box of a picture or film in the thread, in px. */
const MOST = { width: 320, height: 320 } as const;
const UNKNOWN = { width: 240, height: 180 } as const;
const LEAST = 96;

/**
 * Size in px of the box that holds a picture, known before it is loaded so that nothing moves when it comes. Without dimensions it is a
 * fixed box. Very long or very wide pictures get a box that one can still hit.
 */
export function mediaBox(
  width: number | null | undefined,
  height: number | null | undefined,
): { width: number; height: number } {
  if (width == null || height == null) return UNKNOWN;
  const scale = Math.min(1, MOST.width / width, MOST.height / height);
  return {
    width: Math.max(LEAST, Math.round(width * scale)),
    height: Math.max(LEAST, Math.round(height * scale)),
  };
}
