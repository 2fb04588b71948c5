/** Conversations as one JSON document, for machines: everything that is here, as the contract of the page has it. */
import type { ConversationExport } from './prepare.ts';

export async function* jsonOf({
  conversations,
  exportedAt,
}: ConversationExport): AsyncGenerator<string, void, undefined> {
  yield `{"format":"parley-conversations","version":1,"exportedAt":${exportedAt},"conversations":[`;
  let first = true;
  for await (const { conversation, contact, channel, items } of conversations) {
    const head = JSON.stringify({ conversation, contact, channel: { id: channel.id, name: channel.name } });
    yield `${first ? '' : ','}\n${head.slice(0, -1)},"items":[`;
    first = false;
    let firstItem = true;
    for await (const item of items()) {
      // What the outbox says about it is of this machine and this moment.
      const { outbox: _outbox, ...rest } = 'outbox' in item ? item : { ...item, outbox: null };
      yield `${firstItem ? '' : ','}\n${JSON.stringify(rest)}`;
      firstItem = false;
    }
    yield ']}';
  }
  yield ']}\n';
}
