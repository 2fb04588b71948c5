import { CircleSlash, Clock, CloudOff, Lock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import { windowOf } from '../../../../shared/domain/conversation.ts';
import { playTime, timeLeft } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useConnection } from '../../../lib/queries/hooks.ts';
import { useNow } from '../../../lib/useNow.ts';
import { cx } from '../../../ui/cx.ts';
import styles from './Composer.module.css';

/** So long before its end the window counts down by the second, in ms. */
const SOON = 3_600_000;
/** The longest time that a timer can wait, in ms. */
const LONGEST_TIMER = 2_147_000_000;

/** Whether the answering window is closed, to the moment. Offline too: it goes by what is known here. False where there is none. */
export function useWindowClosed(detail: ConversationDetail): boolean {
  const window = windowOf(detail.conversation, detail.channel.capabilities);
  const endsAt = window?.endsAt ?? null;
  const now = useNow(30_000);
  // To the moment: the coarse clock is late, and a conversation that is opened now must not wait for it.
  const [ended, setEnded] = useState(0);
  useEffect(() => {
    if (endsAt === null) return undefined;
    const wait = Math.min(LONGEST_TIMER, Math.max(0, endsAt - Date.now() + 50));
    const timer = setTimeout(() => setEnded(Date.now()), wait);
    return () => clearTimeout(timer);
  }, [endsAt]);
  return endsAt !== null && endsAt <= Math.max(now, ended);
}

export interface ConditionProps {
  readonly detail: ConversationDetail;
}

/** What the writer should know before writing: blocked, suspended, offline, the window. One line, the weightiest. */
export function Condition({ detail }: ConditionProps): ReactNode {
  const connection = useConnection();
  const { channel, contact, conversation } = detail;
  const { health } = channel;
  const window = windowOf(conversation, channel.capabilities);
  const offline = connection?.connection.state === 'offline';

  if (health.state === 'suspended' || health.state === 'restricted') {
    return (
      <p className={cx(styles['condition'], styles['stop'])}>
        <TriangleAlert size={14} aria-hidden="true" />
        {t(`inbox.composer.${health.state}`, { source: health.source })}
      </p>
    );
  }
  if (contact.restriction !== null) {
    return (
      <p className={cx(styles['condition'], styles['stop'])}>
        <Lock size={14} aria-hidden="true" />
        {t('call.gateway.restricted')}
      </p>
    );
  }
  if (contact.blocked) {
    return (
      <p className={cx(styles['condition'], styles['stop'])}>
        <CircleSlash size={14} aria-hidden="true" />
        {t('inbox.composer.blocked')}
      </p>
    );
  }
  if (window === null && !offline) return null;
  return (
    <p className={styles['condition']}>
      {offline ? (
        <>
          <CloudOff size={14} aria-hidden="true" />
          {t('inbox.composer.offline')}
        </>
      ) : null}
      {window === null ? null : <Countdown endsAt={window.endsAt} estimated={window.estimated} />}
    </p>
  );
}

function Countdown({
  endsAt,
  estimated,
}: {
  readonly endsAt: number;
  readonly estimated: boolean;
}): ReactNode {
  const [soon, setSoon] = useState(() => endsAt - Date.now() < SOON);
  const now = useNow(soon ? 1_000 : 30_000);
  const left = endsAt - now;
  if (soon !== left < SOON) setSoon(left < SOON);
  if (left <= 0) return null;
  const time = left < SOON ? playTime(Math.floor(left / 1000)) : (timeLeft(left) ?? '');
  return (
    <span className={cx(styles['window'], left < SOON && styles['stop'])} role="timer">
      <Clock size={14} aria-hidden="true" />
      {t('inbox.composer.windowLeft', { time })}
      {estimated ? <span>({t('inbox.composer.estimated')})</span> : null}
    </span>
  );
}
