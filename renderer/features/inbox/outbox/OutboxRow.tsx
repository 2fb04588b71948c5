import { CalendarClock, Clock, PauseCircle, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OutboxItem } from '../../../../shared/contract/rows.ts';
import { clockTime, fullTime, listTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useLookup, useReady } from '../../../lib/queries/hooks.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Spinner } from '../../../ui/Spinner.tsx';
import { Carried } from '../thread/Carried.tsx';
import { heldWords } from '../thread/statusWords.ts';
import styles from './Outbox.module.css';
import { changeWords, choicesOf, shortTime, typeWords } from './outboxWords.ts';

export interface OutboxRowProps {
  readonly item: OutboxItem;
  readonly now: number;
  readonly onOpen: () => void;
  readonly onEdit: () => void;
  readonly onDiscard: () => void;
  readonly onRetry: (anyway: boolean) => void;
}

/** One unsent item: to whom, what, how it stands and why, and what can be done. */
export function OutboxRow({ item, now, onOpen, onEdit, onDiscard, onRetry }: OutboxRowProps): ReactNode {
  const { status } = item;
  const choices = choicesOf(item);
  const lookup = useLookup();
  const { me } = useReady();
  return (
    <li className={cx(styles['item'], status.state === 'held' && styles['held'])}>
      <div className={styles['top']}>
        <button type="button" className={styles['name']} title={t('writing.outbox.open')} onClick={onOpen}>
          <span dir="auto">{item.contactName}</span>
        </button>
        <span className={styles['type']}>
          {item.change === null ? typeWords(item) : changeWords(item.change, { lookup, meId: me.id, now })}
        </span>
        <time
          className={styles['time']}
          title={t('writing.outbox.written', { time: fullTime(item.createdAt) })}
        >
          {listTime(item.createdAt, now)}
        </time>
      </div>
      {item.text === '' ? null : (
        <p className={styles['text']} dir="auto">
          {item.text}
        </p>
      )}
      <div className={styles['bottom']}>
        <span className={styles['state']}>
          <StateIcon state={status.state} />
          {stateWords(item, now)}
          {item.content === null ? null : <Carried content={item.content} />}
        </span>
        <span className={styles['actions']}>
          {choices.discard ? (
            <Button size="small" variant="ghost" onPress={onDiscard}>
              {t('writing.outbox.cancel')}
            </Button>
          ) : null}
          {choices.edit ? (
            <Button size="small" onPress={onEdit}>
              {t('writing.outbox.edit')}
            </Button>
          ) : null}
          {status.error === 'no_consent' ? (
            <Button size="small" variant="primary" onPress={onOpen}>
              {t('person.first.ask')}
            </Button>
          ) : null}
          {choices.send === null ? null : (
            <Button
              size="small"
              variant={status.state === 'held' ? 'primary' : 'secondary'}
              onPress={() => onRetry(choices.send === 'anyway')}
            >
              {choices.send === 'now'
                ? t('writing.outbox.now')
                : choices.send === 'anyway'
                  ? t('writing.outbox.anyway')
                  : t('writing.outbox.retry')}
            </Button>
          )}
        </span>
      </div>
    </li>
  );
}

function stateWords({ status }: OutboxItem, now: number): string {
  if (status.state === 'held') return heldWords(status.error);
  if (status.state === 'scheduled' && status.sendAt !== null) {
    return t('writing.outbox.sendsAt', { time: shortTime(status.sendAt, now) });
  }
  const parts: string[] = [t(`writing.outbox.state.${status.state}`)];
  if (status.attempts > 0) parts.push(t('writing.outbox.tries', { count: status.attempts }));
  if (status.nextAttemptAt !== null && status.nextAttemptAt > now) {
    parts.push(t('writing.outbox.nextTry', { time: clockTime(status.nextAttemptAt) }));
  }
  return parts.join(' · ');
}

function StateIcon({ state }: { readonly state: OutboxItem['status']['state'] }): ReactNode {
  if (state === 'held') return <PauseCircle size={14} aria-hidden="true" />;
  if (state === 'scheduled') return <CalendarClock size={14} aria-hidden="true" />;
  if (state === 'sending') return <Spinner />;
  if (state === 'sent') return <Send size={14} aria-hidden="true" />;
  return <Clock size={14} aria-hidden="true" />;
}
