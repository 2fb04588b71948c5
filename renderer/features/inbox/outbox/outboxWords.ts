import type { OutboxChange, OutboxItem } from '../../../../shared/contract/rows.ts';
import type { MessageContent } from '../../../../shared/domain/message-content.ts';
import { clockTime, dayName, fullTime, listOf } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import type { Lookup } from '../../../lib/queries/hooks.ts';
import { kindWord } from '../kindWords.ts';

/** What can be done about an unsent item. */
export interface Choices {
  readonly edit: boolean;
  readonly discard: boolean;
  /** Null: not; `now` before its time; `again` a held one; `anyway` without asking about people again. */
  readonly send: 'now' | 'again' | 'anyway' | null;
}

export function choicesOf({ status, content, messageId }: OutboxItem): Choices {
  const untouched = status.state !== 'sending' && status.state !== 'sent';
  if (messageId === null || !untouched) return { edit: false, discard: false, send: null };
  const forPeople = status.error === 'unseen' || status.error === 'reassigned';
  // What lacks consent is asked for in the conversation; what is restricted does not go at all.
  const asked = status.error === 'no_consent' || status.error === 'restricted';
  const send =
    status.state === 'held' && asked
      ? null
      : status.state === 'held'
        ? forPeople
          ? 'anyway'
          : 'again'
        : status.state === 'scheduled' || status.nextAttemptAt !== null
          ? 'now'
          : null;
  return { edit: content !== null && editableText(content) !== null, discard: true, send };
}

/** The text of a message that can be edited here, or null. */
export function editableText(content: MessageContent): string | null {
  switch (content.kind) {
    case 'text':
      return content.body;
    case 'image':
    case 'video':
    case 'document':
      return content.caption ?? '';
    default:
      return null;
  }
}

/** A content with another text. */
export function withText(content: MessageContent, text: string): MessageContent {
  switch (content.kind) {
    case 'text':
      return { ...content, body: text };
    case 'image':
    case 'video':
    case 'document':
      return { ...content, caption: text === '' ? null : text };
    default:
      return content;
  }
}

/** What an item is: "Message", "Image", "Note". */
export function typeWords({ type, content }: OutboxItem): string {
  if (content !== null && content.kind !== 'text') return kindWord(content.kind);
  return type === 'message.retry' || type === 'note.add'
    ? t(`writing.outbox.type.${type}`)
    : t('writing.outbox.type.message.send');
}

/** What a change does, in words: "Assigned to Sara". */
export function changeWords(
  change: OutboxChange,
  { lookup, meId, now }: { readonly lookup: Lookup; readonly meId: string; readonly now: number },
): string {
  switch (change.type) {
    case 'assign': {
      const { assigneeId, teamId } = change;
      if (assigneeId === meId) return t('writing.outbox.change.taken');
      if (assigneeId === null && teamId === null) return t('writing.outbox.change.queued');
      const name = lookup.users.get(assigneeId ?? '')?.name ?? lookup.teams.get(teamId ?? '')?.name;
      return t('writing.outbox.change.assigned', { name: name ?? t('message.author.unknown') });
    }
    case 'status':
      if (change.status !== 'snoozed') return t(`writing.outbox.change.${change.status}`);
      return change.snoozedUntil === null
        ? t('writing.outbox.change.snoozed')
        : t('writing.outbox.change.snoozedUntil', { time: shortTime(change.snoozedUntil, now) });
    case 'labels': {
      const names = change.labelIds.flatMap((id) => lookup.labels.get(id)?.name ?? []);
      return names.length === 0
        ? t('writing.outbox.change.noLabels')
        : t('writing.outbox.change.labels', { labels: listOf(names) });
    }
    case 'unread':
      return t('writing.outbox.change.unread');
    case 'react':
      return change.emoji === null
        ? t('writing.outbox.change.unreacted')
        : t('writing.outbox.change.reacted', { emoji: change.emoji });
  }
}

/** Day and time of something, in short: the day is left out today. */
export function shortTime(at: number, now: number): string {
  const far = at - now > 6 * 86_400_000;
  if (far) return fullTime(at);
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  // A day to come is named by its weekday.
  return today ? clockTime(at) : `${dayName(at, Math.max(now, at + 2 * 86_400_000))}, ${clockTime(at)}`;
}
