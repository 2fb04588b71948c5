import {
  AlarmClock,
  AtSign,
  Check,
  CircleAlert,
  Clock,
  Eye,
  Hourglass,
  Moon,
  PenLine,
  Pin,
  Reply,
  TimerOff,
  Users,
} from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { memo } from 'react';
import type { ConversationRow as Row } from '../../../../shared/contract/rows.ts';
import type { MessageStatus } from '../../../../shared/domain/message-status.ts';
import { badge, clockTime, dayAndTime, daysAgo, fullTime, listTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import type { Lookup } from '../../../lib/queries/hooks.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { cx } from '../../../ui/cx.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { ChannelMark } from '../ChannelMark.tsx';
import { kindWord } from '../kindWords.ts';
import { statusWord } from '../thread/statusWords.ts';
import { TickIcon } from '../thread/Ticks.tsx';
import styles from './ConversationRow.module.css';
import { waitWords } from './waitWords.ts';
import { windowWords } from './windowWords.ts';

/** How a row was clicked: open it, add it to the selection, or select everything up to it. */
export type RowClick = 'open' | 'pick' | 'range';

/** Who else is at a conversation right now. */
export interface Company {
  readonly looking: string;
  readonly typing: string;
  readonly customerTyping: boolean;
}

export interface ConversationRowProps {
  readonly row: Row;
  readonly domId: string;
  readonly index: number;
  readonly top: number;
  readonly open: boolean;
  readonly picked: boolean;
  /** Anything is selected: every row shows its box. */
  readonly picking: boolean;
  readonly atCursor: boolean;
  readonly compact: boolean;
  readonly meId: string;
  readonly lookup: Lookup;
  readonly now: number;
  readonly company: Company | null;
  /** Where the assignee is not: shown to those who answer for the team. */
  readonly absent: 'away' | 'offline' | null;
  readonly onClick: (conversationId: string, how: RowClick) => void;
  readonly onHover: (conversationId: string) => void;
}

/** One line of the list. Plain elements only: it is rendered by the hundred, and has to scroll without a hitch. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps): ReactNode {
  const { row, open, picked, picking, atCursor, compact } = props;
  const { conversation } = row;
  const unread = conversation.unread > 0;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid has the keys: one tab stop for all rows
    <div
      id={props.domId}
      role="row"
      aria-rowindex={props.index + 1}
      aria-selected={picked || (open && !picking)}
      aria-current={open ? 'true' : undefined}
      data-conversation={conversation.id}
      className={cx(
        styles['row'],
        compact && styles['compact'],
        open && styles['selected'],
        picked && styles['picked'],
        picking && styles['picking'],
        atCursor && styles['cursor'],
        unread && styles['unread'],
      )}
      style={{ transform: `translateY(${String(props.top)}px)` }}
      onClick={(event) => props.onClick(conversation.id, howClicked(event))}
      onPointerEnter={() => props.onHover(conversation.id)}
    >
      <div role="gridcell" className={styles['cell']}>
        <span
          className={styles['who']}
          data-pick=""
          title={t('triage.row.select', { name: row.contactName })}
        >
          <Avatar name={row.contactName} shape="square" size={compact ? 24 : 32} />
          <span className={styles['box']} aria-hidden="true">
            {picked ? <Check size={12} strokeWidth={3} /> : null}
          </span>
        </span>
        <div className={styles['lines']}>
          <div className={styles['line']}>
            {row.pinned ? (
              <Pin size={12} className={styles['mark']} role="img" aria-label={t('triage.row.pinned')} />
            ) : null}
            <span className={styles['name']} dir="auto">
              {row.contactName}
            </span>
            {row.mentioned ? (
              <AtSign
                size={13}
                className={styles['mention']}
                role="img"
                aria-label={t('triage.row.mentioned')}
              />
            ) : null}
            <time
              className={styles['time']}
              dateTime={new Date(conversation.activeAt).toISOString()}
              title={fullTime(conversation.activeAt)}
            >
              {listTime(conversation.activeAt, props.now)}
            </time>
          </div>
          <div className={styles['line']}>
            <Preview row={row} company={props.company} />
            {compact ? <End {...props} /> : null}
            {unread ? (
              <span className={styles['badge']}>
                <span aria-hidden="true">{badge(conversation.unread)}</span>
                <VisuallyHidden>{t('inbox.list.unread', { count: conversation.unread })}</VisuallyHidden>
              </span>
            ) : null}
          </div>
          {compact ? null : (
            <div className={cx(styles['line'], styles['facts'])}>
              <ChannelName row={row} lookup={props.lookup} />
              <End {...props} />
            </div>
          )}
        </div>
      </div>
    </div>
  );
});

function howClicked(event: MouseEvent<HTMLDivElement>): RowClick {
  if (event.shiftKey) return 'range';
  if (event.ctrlKey || event.metaKey) return 'pick';
  return event.target instanceof Element && event.target.closest('[data-pick]') !== null ? 'pick' : 'open';
}

function Preview({ row, company }: { readonly row: Row; readonly company: Company | null }): ReactNode {
  const last = row.conversation.lastMessage;
  if (company !== null && (company.typing !== '' || company.customerTyping)) {
    return (
      <span className={cx(styles['preview'], styles['typing'])}>
        <span className={styles['words']}>
          {company.typing === ''
            ? t('triage.row.customerTyping')
            : t('triage.row.typing', { names: company.typing })}
        </span>
      </span>
    );
  }
  if (row.draft !== null && row.draft !== '') {
    return (
      <span className={styles['preview']}>
        <span className={styles['draft']}>
          <PenLine size={12} aria-hidden="true" />
          {t('inbox.list.draft')}
        </span>
        <span className={styles['words']} dir="auto">
          {row.draft}
        </span>
      </span>
    );
  }
  if (last === null) {
    return (
      <span className={styles['preview']}>
        <span className={styles['words']}>{t('inbox.list.noMessages')}</span>
      </span>
    );
  }
  const kind = last.kind === 'text' ? null : kindWord(last.kind);
  return (
    <span className={styles['preview']}>
      {last.direction === 'out' ? <Sent status={last.status} /> : null}
      {kind === null ? null : (
        <span className={last.text === '' ? styles['words'] : styles['kind']}>
          {last.text === '' ? kind : `${kind} · `}
        </span>
      )}
      {last.text === '' ? null : (
        <span className={styles['words']} dir="auto">
          {last.text}
        </span>
      )}
    </span>
  );
}

/** Marks the preview of an answer, with how far it got. Who of the team wrote it the list does not know. */
function Sent({ status }: { readonly status: MessageStatus | null }): ReactNode {
  if (status !== null) {
    return (
      <span className={styles['sent']}>
        <TickIcon kind={status} />
        <VisuallyHidden>{statusWord(status)}: </VisuallyHidden>
      </span>
    );
  }
  return (
    <span className={styles['sent']}>
      <Reply size={12} aria-hidden="true" />
      <VisuallyHidden>{t('inbox.list.answer')}: </VisuallyHidden>
    </span>
  );
}

function ChannelName({ row, lookup }: { readonly row: Row; readonly lookup: Lookup }): ReactNode {
  const channel = lookup.channels.get(row.conversation.channelId);
  return channel === undefined ? null : (
    <span className={cx(styles['fact'], styles['channel'])} title={channel.name}>
      <ChannelMark channel={channel} size={12} />
      <span className={styles['shrink']}>{channel.name}</span>
    </span>
  );
}

/** The small print: what went wrong, who waits how long, the window, who else looks, and whose it is. */
function End(props: ConversationRowProps): ReactNode {
  const { row, lookup, now, compact, company } = props;
  const { conversation } = row;
  const channel = lookup.channels.get(conversation.channelId);
  const asleep = conversation.status !== 'open';
  const window = channel === undefined || asleep ? null : windowWords(conversation, channel, now);
  const wait = asleep ? null : waitWords(conversation, channel, now);
  const failed = row.failed > 0 || conversation.lastMessage?.status === 'failed';
  // One that is closing is always said, any other where there is room.
  const roomy = !compact && !(failed && wait !== null);
  const shown = window !== null && (roomy || window.state === 'ending') ? window : null;
  return (
    <span className={styles['end']}>
      {company === null || company.looking === '' ? null : (
        <span className={styles['fact']} title={t('triage.row.looking', { names: company.looking })}>
          <Eye size={13} aria-hidden="true" />
          <VisuallyHidden>{t('triage.row.looking', { names: company.looking })}</VisuallyHidden>
        </span>
      )}
      {failed ? (
        <span className={cx(styles['fact'], styles['failed'])} title={t('inbox.list.failedShort')}>
          <CircleAlert size={12} aria-hidden="true" />
          {compact ? (
            <VisuallyHidden>{t('inbox.list.failedShort')}</VisuallyHidden>
          ) : (
            t('inbox.list.failedShort')
          )}
        </span>
      ) : null}
      {!failed && row.unsent > 0 ? (
        <span className={styles['fact']} title={t('inbox.list.unsent', { count: row.unsent })}>
          <Clock size={12} aria-hidden="true" />
          <VisuallyHidden>{t('inbox.list.unsent', { count: row.unsent })}</VisuallyHidden>
        </span>
      ) : null}
      {conversation.status === 'snoozed' ? <Wakes at={conversation.snoozedUntil} now={now} /> : null}
      {wait === null ? null : (
        <span
          className={cx(
            styles['fact'],
            wait.state === 'late' && styles['failed'],
            wait.state === 'due' && styles['ending'],
          )}
          title={wait.title}
        >
          {wait.state === 'late' ? <AlarmClock size={12} aria-hidden="true" /> : null}
          <span aria-hidden="true">{wait.short}</span>
          <VisuallyHidden>{wait.title}</VisuallyHidden>
        </span>
      )}
      {shown === null ? null : (
        <span
          className={cx(styles['fact'], shown.state === 'ending' && styles['ending'])}
          title={shown.title}
        >
          {shown.state === 'closed' ? (
            <TimerOff size={12} aria-hidden="true" />
          ) : (
            <Hourglass size={12} aria-hidden="true" />
          )}
          {shown.short}
        </span>
      )}
      <AssigneeMark {...props} />
    </span>
  );
}

function Wakes({ at, now }: { readonly at: number | null; readonly now: number }): ReactNode {
  return (
    <span className={styles['fact']}>
      <AlarmClock size={12} aria-hidden="true" />
      {at === null
        ? t('triage.row.wakesOnMessage')
        : t('triage.row.wakes', { time: daysAgo(at, now) === 0 ? clockTime(at) : dayAndTime(at) })}
    </span>
  );
}

function AssigneeMark({ row, meId, lookup, absent }: ConversationRowProps): ReactNode {
  const { assigneeId, teamId } = row.conversation;
  if (assigneeId === null) {
    const team = teamId === null ? undefined : lookup.teams.get(teamId);
    return team === undefined ? (
      <VisuallyHidden>{t('inbox.list.unassigned')}</VisuallyHidden>
    ) : (
      <span className={styles['fact']} title={t('triage.row.team', { name: team.name })}>
        <Users size={12} aria-hidden="true" />
        <span className={styles['shrink']}>{team.name}</span>
      </span>
    );
  }
  const name = lookup.users.get(assigneeId)?.name ?? t('message.author.unknown');
  const whose = assigneeId === meId ? t('inbox.list.assignedToYou') : t('inbox.list.assignedTo', { name });
  const words = absent === null ? whose : `${whose}. ${t(`triage.row.${absent}`, { name })}`;
  return (
    <span className={styles['fact']} title={words}>
      {absent === null ? null : <Moon size={12} className={styles['absent']} aria-hidden="true" />}
      <Avatar name={name} size={20} />
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  );
}
