import type { MessageContent } from '../../../../shared/domain/message-content.ts';
import { mediaBox } from './kinds/mediaBox.ts';
import type { Row } from './rows.ts';

const LINE = 20;
/** Characters that fit into a line of the widest bubble, about. */
const PER_LINE = 72;

/** Height of a row in px before it was measured. The closer, the steadier the scrollbar; it never decides what is shown. */
export function estimateRow(row: Row): number {
  if (row.type === 'day' || row.type === 'unread') return 36;
  if (row.type === 'activity') return 32;
  if (row.type === 'note') return 54 + lines(row.note.body) * LINE;
  const { message } = row;
  if (message.content.kind === 'system') return 32;
  let height = (row.first ? 12 : 2) + 12 + contentHeight(message.content);
  if (message.quote !== null) height += 30;
  if (message.referral !== null) height += 56;
  if (message.reactions.length > 0) height += 16;
  if (message.forwarded !== 'no') height += 16;
  if (message.delivery?.status === 'failed' || row.outbox?.state === 'held') height += 90;
  return height;
}

function contentHeight(content: MessageContent): number {
  switch (content.kind) {
    case 'text':
      return lines(content.body) * LINE;
    case 'image':
      return mediaBox(content.media.width, content.media.height).height + caption(content.caption) + 20;
    case 'video':
      return (
        mediaBox(content.media.width ?? 320, content.media.height ?? 200).height +
        caption(content.caption) +
        40
      );
    case 'sticker':
      return 164;
    case 'audio':
      return 76;
    case 'voice':
    case 'call':
      return 56;
    case 'document':
      return 80 + caption(content.caption);
    case 'location':
    case 'unknown':
      return 80;
    case 'contacts':
      return 20 + content.cards.length * 60;
    case 'order':
      return 80 + content.items.length * 24;
    case 'buttons':
    case 'template':
      return 60 + lines(content.body) * LINE + content.buttons.length * 33;
    case 'list':
      return 90 + lines(content.body) * LINE;
    case 'answer':
      return 60 + content.fields.length * 24;
    case 'system':
      return LINE;
  }
}

function caption(text: string | null): number {
  return text === null ? 0 : lines(text) * LINE;
}

function lines(text: string): number {
  let total = 0;
  for (const paragraph of text.split('\n')) total += Math.max(1, Math.ceil(paragraph.length / PER_LINE));
  return total;
}
