import { t } from '../../i18n/t.ts';

/** The word for a kind of message; a kind that this version does not know has a word too. */
export function kindWord(kind: string): string {
  switch (kind) {
    case 'text':
    case 'image':
    case 'video':
    case 'audio':
    case 'voice':
    case 'document':
    case 'sticker':
    case 'location':
    case 'contacts':
    case 'order':
    case 'buttons':
    case 'list':
    case 'answer':
    case 'template':
    case 'system':
    case 'call':
      return t(`message.kind.${kind}`);
    default:
      return t('message.kind.unknown');
  }
}
