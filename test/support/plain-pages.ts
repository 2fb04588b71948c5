import type { ReadableDb } from '../../electron/cache/sql.ts';

/** Every page as it is behind the cipher, free ones and the index included, in lower case. Tests only: the product never does this. */
export function plainPages({ raw }: ReadableDb): string {
  return raw.serialize().toString('latin1').toLowerCase();
}
