/** `parley://conversation/ID`: links to a conversation, from anywhere. They come from outside, so they are read strictly. */

export const LINK_SCHEME = 'parley';

/** The forms of an id that exist: letters, digits, `-` and `_`. */
const LINK = /^parley:\/\/conversation\/([A-Za-z0-9_-]{1,128})\/?$/iu;

/** The conversation that a link leads to, or null. Query, fragment, user and everything else make it none. */
export function conversationOfLink(link: string): string | null {
  const id = LINK.exec(link)?.[1];
  // Written exactly so: ids are lower case, and one that was changed on the way would be another.
  return id ?? null;
}

/** The first link of a command line: Windows and Linux start the application with it. */
export function linkOf(argv: readonly string[]): string | null {
  for (const word of argv) {
    const conversationId = conversationOfLink(word);
    if (conversationId !== null) return conversationId;
  }
  return null;
}
