import type { ContactTimelineItem } from '../../../../shared/contract/contacts.ts';
import type { Activity } from '../../../../shared/domain/activity.ts';
import type { MessageContent } from '../../../../shared/domain/message-content.ts';
import { t } from '../../../i18n/t.ts';
import type { Lookup } from '../../../lib/queries/hooks.ts';

const KINDS = [
  'text',
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'order',
  'buttons',
  'list',
  'answer',
  'template',
  'system',
  'call',
] as const;

/** What a message is: "Image", "Voice message". */
export function kindOf(content: MessageContent): string {
  const known = KINDS.find((kind) => kind === content.kind);
  return known === undefined ? t('message.kind.unknown') : t(`message.kind.${known}`);
}

/** What a message says in words; empty for one that has none. */
export function textOf(content: MessageContent): string {
  if ('body' in content && typeof content.body === 'string') return content.body;
  if ('caption' in content && typeof content.caption === 'string') return content.caption;
  return '';
}

/** Who wrote or did something. */
export function whoOf(item: ContactTimelineItem, lookup: Lookup, name: string): string {
  const user = (id: string | null): string =>
    (id === null ? undefined : lookup.users.get(id)?.name) ?? t('message.activity.gateway');
  switch (item.type) {
    case 'message': {
      const { author, direction } = item.message;
      if (direction === 'in') return name;
      return author.type === 'user' ? user(author.userId) : t('message.author.unknown');
    }
    case 'note':
      return user(item.note.authorId);
    case 'activity':
      return user(item.activity.actorId);
    case 'consent':
      return user(item.entry.recordedBy);
  }
}

/** What somebody did to a conversation, in a sentence. */
export function activityWords(activity: Activity, who: string, lookup: Lookup): string {
  switch (activity.kind) {
    case 'assigned': {
      if (activity.to !== null && activity.to === activity.actorId) {
        return t('message.activity.taken', { who });
      }
      const to = lookup.users.get(activity.to ?? '')?.name ?? lookup.teams.get(activity.to ?? '')?.name;
      return t('message.activity.assigned', { who, to: to ?? t('message.author.unknown') });
    }
    case 'label_added':
    case 'label_removed': {
      const id = activity.kind === 'label_added' ? activity.to : activity.from;
      const label = lookup.labels.get(id ?? '')?.name ?? t('inbox.views.missing');
      return t(`message.activity.${activity.kind}`, { who, label });
    }
    case 'taken_over':
    case 'returned_to_queue':
    case 'closed':
    case 'reopened':
    case 'snoozed':
    case 'consent_withdrawn':
    case 'consent_given':
    case 'consent_overridden':
      return t(`message.activity.${activity.kind}`, { who });
  }
}
