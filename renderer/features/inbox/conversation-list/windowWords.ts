import type { Conversation, Window } from '../../../../shared/domain/conversation.ts';
import { windowOf } from '../../../../shared/domain/conversation.ts';
import type { Channel } from '../../../../shared/domain/channel.ts';
import { timeLeft } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';

export interface WindowWords {
  readonly state: 'open' | 'ending' | 'closed';
  readonly short: string;
  readonly title: string;
}

/** Less than this left is worth hurrying for, in ms. */
const ENDING = 2 * 3_600_000;

/** What a list row says about the answering window; null on a channel without one. */
export function windowWords(
  conversation: Pick<Conversation, 'windowEndsAt' | 'lastInboundAt'>,
  channel: Pick<Channel, 'capabilities'>,
  now: number,
): WindowWords | null {
  const window: Window | null = windowOf(conversation, channel.capabilities);
  if (window === null) return null;
  const left = window.endsAt - now;
  if (left <= 0) {
    return {
      state: 'closed',
      short: t('inbox.list.window.closed'),
      title: t('inbox.list.window.closedTitle'),
    };
  }
  const time = timeLeft(left) ?? t('inbox.list.window.underMinute');
  return {
    state: left < ENDING ? 'ending' : 'open',
    short: t('inbox.list.window.left', { time }),
    title: window.estimated
      ? t('inbox.list.window.leftTitleEstimated', { time })
      : t('inbox.list.window.leftTitle', { time }),
  };
}
