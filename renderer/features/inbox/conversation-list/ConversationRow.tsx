import { CircleAlert, Clock, Hourglass, PenLine, Reply, TimerOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import type { ConversationRow as Row } from '../../../../shared/contract/rows.ts';
import type { MessageStatus } from '../../../../shared/domain/message-status.ts';
import { badge, fullTime, listTime } from '../../../i18n/format.ts';
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
import { windowWords } from './windowWords.ts';

export interface ConversationRowProps {
  readonly row: Row;
  readonly domId: string;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly atCursor: boolean;
  readonly meId: string;
  readonly lookup: Lookup;
  readonly now: number;
  readonly onOpen: (conversationId: string) => void;
  readonly onHover: (conversationId: string) => void;
}

/** One line of the list. Plain elements only: it is rendered by the hundred, and has to scroll without a hitch. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps): ReactNode {
  const { row, selected, atCursor, now } = props;
  const { conversation } = row;
  const unread = conversation.unread > 0;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid has the keys: one tab stop for all rows
    <div
      id={props.domId}
      role="row"
      aria-rowindex={props.index + 1}
      aria-selected={selected}
      data-conversation={conversation.id}
      className={cx(
        styles['row'],
        selected && styles['selected'],
        atCursor && styles['cursor'],
        unread && styles['unread'],
      )}
      style={{ transform: `translateY(${String(props.top)}px)` }}
      onClick={() => props.onOpen(conversation.id)}
      onPointerEnter={() => props.onHover(conversation.id)}
    >
      <div role="gridcell" className={styles['cell']}>
        <Avatar name={row.contactName} shape="square" />
        <div className={styles['lines']}>
          <div className={styles['line']}>
            <span className={styles['name']}>
              <bdi>{row.contactName}</bdi>
            </span>
            <time
              className={styles['time']}
              dateTime={new Date(conversation.activeAt).toISOString()}
              title={fullTime(conversation.activeAt)}
            >
              {listTime(conversation.activeAt, now)}
            </time>
          </div>
          <div className={styles['line']}>
            <Preview row={row} />
            {unread ? (
              <span className={styles['badge']}>
                <span aria-hidden="true">{badge(conversation.unread)}</span>
                <VisuallyHidden>{t('inbox.list.unread', { count: conversation.unread })}</VisuallyHidden>
              </span>
            ) : null}
          </div>
          <Facts {...props} />
        </div>
      </div>
    </div>
  );
});

function Preview({ row }: { readonly row: Row }): ReactNode {
  const last = row.conversation.lastMessage;
  if (row.draft !== null && row.draft !== '') {
    return (
      <span className={styles['preview']}>
        <span className={styles['draft']}>
          <PenLine size={12} aria-hidden="true" />
          {t('inbox.list.draft')}
        </span>{' '}
        <bdi>{row.draft}</bdi>
      </span>
    );
  }
  if (last === null) return <span className={styles['preview']}>{t('inbox.list.noMessages')}</span>;
  const kind = last.kind === 'text' ? null : kindWord(last.kind);
  return (
    <span className={styles['preview']}>
      {last.direction === 'out' ? <Sent status={last.status} /> : null}
      <bdi>{[kind, last.text === '' ? null : last.text].filter((part) => part !== null).join(' · ')}</bdi>
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

/** The small print: channel, whose it is, the window, and what went wrong. */
function Facts({ row, meId, lookup, now }: ConversationRowProps): ReactNode {
  const { conversation } = row;
  const channel = lookup.channels.get(conversation.channelId);
  const window =
    channel === undefined || conversation.status === 'closed'
      ? null
      : windowWords(conversation, channel, now);
  const failed = row.failed > 0 || conversation.lastMessage?.status === 'failed';
  return (
    <div className={cx(styles['line'], styles['facts'])}>
      {channel === undefined ? null : (
        <span className={styles['fact']} title={channel.name}>
          <ChannelMark channel={channel} size={12} />
          <span className={styles['shrink']}>{channel.name}</span>
        </span>
      )}
      <span className={styles['end']}>
        {failed ? (
          <span className={cx(styles['fact'], styles['failed'])}>
            <CircleAlert size={12} aria-hidden="true" />
            {t('inbox.list.failedShort')}
          </span>
        ) : null}
        {row.unsent > 0 && !failed ? (
          <span className={styles['fact']} title={t('inbox.list.unsent', { count: row.unsent })}>
            <Clock size={12} aria-hidden="true" />
            <span aria-hidden="true">{badge(row.unsent)}</span>
            <VisuallyHidden>{t('inbox.list.unsent', { count: row.unsent })}</VisuallyHidden>
          </span>
        ) : null}
        {window === null || failed ? null : (
          <span
            className={cx(styles['fact'], window.state === 'ending' && styles['ending'])}
            title={window.title}
          >
            {window.state === 'closed' ? (
              <TimerOff size={12} aria-hidden="true" />
            ) : (
              <Hourglass size={12} aria-hidden="true" />
            )}
            {window.short}
          </span>
        )}
        <AssigneeMark assigneeId={conversation.assigneeId} meId={meId} lookup={lookup} />
      </span>
    </div>
  );
}

function AssigneeMark({
  assigneeId,
  meId,
  lookup,
}: {
  readonly assigneeId: string | null;
  readonly meId: string;
  readonly lookup: Lookup;
}): ReactNode {
  if (assigneeId === null) return <VisuallyHidden>{t('inbox.list.unassigned')}</VisuallyHidden>;
  const name = lookup.users.get(assigneeId)?.name ?? t('message.author.unknown');
  const words = assigneeId === meId ? t('inbox.list.assignedToYou') : t('inbox.list.assignedTo', { name });
  return (
    <span className={styles['fact']} title={words}>
      <Avatar name={name} size={20} />
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  );
}
