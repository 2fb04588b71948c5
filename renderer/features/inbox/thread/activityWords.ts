import type { Activity } from '../../../../shared/domain/activity.ts';
import { t } from '../../../i18n/t.ts';
import { userName } from './authors.ts';
import type { ThreadTools } from './context.ts';

/** What somebody did to the conversation, in a sentence. */
export function activityWords(activity: Activity, tools: Pick<ThreadTools, 'lookup' | 'meId'>): string {
  const who = activity.actorId === null ? t('message.activity.gateway') : userName(activity.actorId, tools);
  switch (activity.kind) {
    case 'assigned':
      if (activity.to !== null && activity.to === activity.actorId)
        return t('message.activity.taken', { who });
      return t('message.activity.assigned', { who, to: receiver(activity.to, tools) });
    case 'label_added':
      return t('message.activity.label_added', { who, label: labelName(activity.to, tools) });
    case 'label_removed':
      return t('message.activity.label_removed', { who, label: labelName(activity.from, tools) });
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

/** A user or a team. */
function receiver(id: string | null, { lookup, meId }: Pick<ThreadTools, 'lookup' | 'meId'>): string {
  if (id === null) return t('message.author.unknown');
  return lookup.teams.get(id)?.name ?? userName(id, { lookup, meId });
}

function labelName(id: string | null, { lookup }: Pick<ThreadTools, 'lookup'>): string {
  return (id === null ? undefined : lookup.labels.get(id)?.name) ?? t('inbox.views.missing');
}
