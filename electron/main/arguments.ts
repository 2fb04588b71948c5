/** Which words of Electron's command line are ours. */

/**
 * Started as `electron [switches] entry.js [ours]` in development: everything after the script. Packaged, `parley [ours]`, where
 * Chromium's switches and what the desktop adds stand in between: only what flags.ts knows.
 */
export function ownArguments(
  argv: string[],
  options: { packaged: boolean; known: readonly string[] },
): string[] {
  if (!options.packaged) {
    const script = argv.findIndex((word, index) => index > 0 && !word.startsWith('-'));
    return script < 0 ? [] : argv.slice(script + 1);
  }
  const own: string[] = [];
  const words = argv.slice(1);
  for (const [index, word] of words.entries()) {
    const [name = ''] = word.split('=');
    if (!options.known.includes(name)) continue;
    own.push(word);
    const value = words[index + 1];
    if (!word.includes('=') && value !== undefined && !value.startsWith('-')) own.push(value);
  }
  return own;
}
