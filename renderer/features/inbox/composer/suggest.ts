import type { CannedReplyItem } from '../../../lib/queries/writing.ts';

/** What is typed after a mark, and where the mark stands. */
export interface Trigger {
  readonly from: number;
  readonly query: string;
}

/** The word at the caret when it begins with `mark` at the start of the text or after a space; null otherwise. */
export function triggerAt(text: string, caret: number, mark: '/' | '@'): Trigger | null {
  const before = text.slice(0, caret);
  const found = /(?:^|\s)([/@])([\p{L}\p{N}_-]{0,40})$/u.exec(before);
  if (found === null || found[1] !== mark) return null;
  const query = found[2] ?? '';
  return { from: caret - query.length - 1, query };
}

/** At most this many suggestions are shown. */
const MOST = 8;

/** Canned replies for what was typed: by shortcut first, then by a word of the title, the folder, the text. */
export function matchingReplies(replies: ReadonlyArray<CannedReplyItem>, query: string): CannedReplyItem[] {
  const wanted = query.toLocaleLowerCase();
  const rank = ({ content }: CannedReplyItem): number => {
    const shortcut = content.shortcut.toLocaleLowerCase();
    if (shortcut === wanted) return 0;
    if (shortcut.startsWith(wanted)) return 1;
    if (content.title.toLocaleLowerCase().includes(wanted)) return 2;
    if (content.folder.toLocaleLowerCase().includes(wanted)) return 3;
    return content.body.toLocaleLowerCase().includes(wanted) ? 4 : 5;
  };
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((each) => each.rank < 5)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ reply }) => reply);
}

/** People whose name has a word that begins with what was typed. */
export function matchingPeople<Person extends { readonly name: string }>(
  people: ReadonlyArray<Person>,
  query: string,
): Person[] {
  const wanted = query.toLocaleLowerCase();
  return people
    .filter(({ name }) =>
      name
        .toLocaleLowerCase()
        .split(/\s+/u)
        .some((word) => word.startsWith(wanted)),
    )
    .slice(0, MOST);
}

/** Ids of the people whose `@Name` stands in a note. A longer name wins over one that it begins with. */
export function mentionsIn(
  body: string,
  people: ReadonlyArray<{ readonly id: string; readonly name: string }>,
): string[] {
  let rest = body;
  const found: string[] = [];
  for (const { id, name } of people.toSorted((a, b) => b.name.length - a.name.length)) {
    const mention = `@${name}`;
    if (!rest.includes(mention)) continue;
    found.push(id);
    rest = rest.replaceAll(mention, '');
  }
  return found;
}
