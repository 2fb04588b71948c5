/** Joins class names; false, null and undefined parts drop out. Always a string, which is what React Aria's className wants. */
export function cx(...parts: ReadonlyArray<string | false | null | undefined>): string {
  let joined = '';
  for (const part of parts) {
    if (part) joined = joined === '' ? part : `${joined} ${part}`;
  }
  return joined;
}
