/**
 * Where a key leads in a list of `length` rows from row `at` (-1: nowhere yet), or null when the key means nothing here.
 * `perPage` is how far a page goes.
 */
export function listMove(key: string, at: number, length: number, perPage: number): number | null {
  if (length === 0) return null;
  const clamp = (index: number): number => Math.min(length - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
    case 'j':
    case 'J':
      return clamp(at + 1);
    case 'ArrowUp':
    case 'k':
    case 'K':
      return at === -1 ? 0 : clamp(at - 1);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    case 'PageDown':
      return clamp(at + perPage);
    case 'PageUp':
      return clamp(at - perPage);
    default:
      return null;
  }
}
