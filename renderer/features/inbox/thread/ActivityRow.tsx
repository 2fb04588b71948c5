import {
  AlarmClock,
  Archive,
  Bell,
  BellOff,
  Inbox,
  RotateCcw,
  ShieldAlert,
  Tag,
  UserRoundCheck,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import type { Activity } from '../../../../shared/domain/activity.ts';
import { clockTime, fullTime } from '../../../i18n/format.ts';
import { activityWords } from './activityWords.ts';
import { useThreadTools } from './context.ts';
import styles from './SystemRow.module.css';

/** One line of the timeline: who did what, and what was said with it. */
export const ActivityRow = memo(function ActivityRow({
  activity,
}: {
  readonly activity: Activity;
}): ReactNode {
  const words = activityWords(activity, useThreadTools());
  return (
    <article className={styles['system']}>
      <Icon kind={activity.kind} />
      <span dir="auto">
        {words}
        {activity.note === null ? null : <q className={styles['said']}>{activity.note}</q>}
      </span>
      <time dateTime={new Date(activity.at).toISOString()} title={fullTime(activity.at)}>
        {clockTime(activity.at)}
      </time>
    </article>
  );
});

function Icon({ kind }: { readonly kind: Activity['kind'] }): ReactNode {
  switch (kind) {
    case 'assigned':
    case 'taken_over':
      return <UserRoundCheck size={14} aria-hidden="true" />;
    case 'returned_to_queue':
      return <Inbox size={14} aria-hidden="true" />;
    case 'closed':
      return <Archive size={14} aria-hidden="true" />;
    case 'reopened':
      return <RotateCcw size={14} aria-hidden="true" />;
    case 'snoozed':
      return <AlarmClock size={14} aria-hidden="true" />;
    case 'label_added':
    case 'label_removed':
      return <Tag size={14} aria-hidden="true" />;
    case 'consent_withdrawn':
      return <BellOff size={14} aria-hidden="true" />;
    case 'consent_given':
      return <Bell size={14} aria-hidden="true" />;
    case 'consent_overridden':
      return <ShieldAlert size={14} aria-hidden="true" />;
  }
}
