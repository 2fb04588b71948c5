import type { Message } from '../../../../shared/domain/message.ts';
import { t } from '../../../i18n/t.ts';
import type { ThreadTools } from './context.ts';

type Names = Pick<ThreadTools, 'lookup' | 'meId' | 'contactName'>;

/** A user's name, "You" for oneself. */
export function userName(userId: string, { lookup, meId }: Pick<Names, 'lookup' | 'meId'>): string {
  if (userId === meId) return t('message.author.you');
  return lookup.users.get(userId)?.name ?? t('message.author.unknown');
}

/** Who wrote a message. */
export function authorName(message: Pick<Message, 'author'>, names: Names): string {
  switch (message.author.type) {
    case 'contact':
      return names.contactName;
    case 'user':
      return userName(message.author.userId, names);
    case 'phone':
      return t('message.author.phone');
    case 'gateway':
      return t('message.author.gateway');
  }
}
