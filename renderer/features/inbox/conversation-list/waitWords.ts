import type { Channel } from '../../../../shared/domain/channel.ts';
import type { Conversation } from '../../../../shared/domain/conversation.ts';
import { timeLeft, timePassed } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';

export interface WaitWords {
  /** `late`: longer than the channel promises; `due`: more than half of that time is over. */
  readonly state: 'ok' | 'due' | 'late';
  readonly short: string;
  readonly title: string;
}

const MINUTE = 60_000;

/** What a list row says about how long the customer has waited; null when nobody waits. */
export function waitWords(
  conversation: Pick<Conversation, 'waitingSince' | 'status'>,
  channel: Pick<Channel, 'firstReplyMinutes'> | undefined,
  now: number,
): WaitWords | null {
  if (conversation.waitingSince === null || conversation.status === 'closed') return null;
  const waited = Math.max(0, now - conversation.waitingSince);
  const time = timePassed(waited) ?? t('triage.row.justNow');
  const short = t('triage.row.waited', { time });
  const minutes = channel?.firstReplyMinutes ?? null;
  if (minutes === null) return { state: 'ok', short, title: t('triage.row.waitTitle', { time }) };
  const limit = timeLeft(minutes * MINUTE) ?? t('triage.row.justNow');
  const late = waited > minutes * MINUTE;
  return {
    state: late ? 'late' : waited > (minutes * MINUTE) / 2 ? 'due' : 'ok',
    short,
    title: late ? t('triage.row.lateTitle', { time, limit }) : t('triage.row.dueTitle', { time, limit }),
  };
}
