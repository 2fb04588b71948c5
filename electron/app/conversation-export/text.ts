/** Conversations as plain text. */
import { lineOf, timeOf } from './lines.ts';
import type { ConversationExport } from './prepare.ts';

/** Notes are marked: they were never said to the customer. */
export async function* textOf(all: ConversationExport): AsyncGenerator<string, void, undefined> {
  for await (const one of all.conversations) {
    const title = `${one.contact.name} · ${one.channel.name}`;
    yield `${title}\n${'='.repeat(Math.min(78, title.length))}\n\n`;
    for await (const item of one.items()) {
      const line = lineOf(item, one, all);
      if (line === null) continue;
      const mark = line.kind === 'note' ? '# ' : '';
      yield `${mark}${timeOf(line.at)}  ${line.who}\n${line.text.replaceAll(/^/gmu, '    ')}\n\n`;
    }
    yield '\n';
  }
}
