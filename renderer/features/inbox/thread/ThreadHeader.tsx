import {
  AlarmClock,
  Archive,
  ArchiveRestore,
  ArrowLeft,
  Ban,
  CalendarSearch,
  ChevronDown,
  ContactRound,
  Download,
  Ellipsis,
  Gavel,
  Hand,
  ListFilter,
  Lock,
  MailOpen,
  Pin,
  Search,
  Tags,
  UserRound,
  UsersRound,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import { clockTime, dayName, daysAgo } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useExporting } from '../../../lib/stores/exporting.ts';
import { keysOf } from '../../../lib/shortcuts/match.ts';
import { useHolds, useMayHold } from '../../../lib/queries/holds.ts';
import { useLookup, useReady } from '../../../lib/queries/hooks.ts';
import { useAround } from '../../../lib/stores/around.ts';
import { useHolding } from '../../../lib/stores/holding.ts';
import { useOverlay } from '../../../lib/stores/overlay.ts';
import { useSearching } from '../../../lib/stores/searching.ts';
import { useTimeline } from '../../../lib/stores/timeline.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/Menu.tsx';
import { MenuButton } from '../../../ui/MenuButton.tsx';
import { useStable } from '../../../ui/useStable.ts';
import { useTriage } from '../bulk/context.ts';
import { ChannelMark } from '../ChannelMark.tsx';
import { ChannelFacts } from './ChannelFacts.tsx';
import { HeaderLabels } from './HeaderLabels.tsx';
import styles from './ThreadHeader.module.css';
import { TypingLine } from './TypingLine.tsx';

export interface ThreadHeaderProps {
  readonly detail: ConversationDetail;
  readonly alone: boolean;
  readonly onBack: () => void;
}

/** Who this is, on which channel, whose it is, and what can be done with the whole conversation. */
export function ThreadHeader({ detail, alone, onBack }: ThreadHeaderProps): ReactNode {
  const { conversation, contact, channel } = detail;
  const triage = useTriage();
  const Name = alone ? 'h1' : 'h2';
  const closed = conversation.status === 'closed';
  const address =
    contact.phone ?? contact.identities.find((identity) => identity.username !== null)?.username ?? null;
  const idsOf = useStable(() => [conversation.id]);
  const personOf = useStable(() => contact.id);
  const nameOf = useStable(() => contact.name);
  const unread = useStable(() => {
    triage.unread([conversation.id]);
    onBack();
  });

  return (
    <header className={styles['header']}>
      <span className={styles['back']}>
        <Back onBack={onBack} />
      </span>
      <div className={styles['who']}>
        <Name className={styles['name']}>
          <a
            href={`#/contacts/${encodeURIComponent(contact.id)}`}
            className={styles['person']}
            title={t('thread.header.person')}
          >
            <bdi>{contact.name}</bdi>
          </a>
          {contact.blocked ? (
            <span className={styles['flag']}>
              <Ban size={12} aria-hidden="true" />
              {t('contacts.state.blocked')}
            </span>
          ) : null}
          {contact.restriction === null ? null : (
            <span className={styles['flag']}>
              <Lock size={12} aria-hidden="true" />
              {t('contacts.state.restricted')}
            </span>
          )}
        </Name>
        <p className={styles['under']}>
          <HeldFlag conversationId={conversation.id} contactId={contact.id} />
          <ChannelMark channel={channel} />
          <span className={styles['channel']}>{channel.name}</span>
          <span className={styles['facts']}>
            <ChannelFacts channel={channel} />
          </span>
          {address === null || address === contact.name ? null : (
            <span className={styles['address']}>
              <bdi>{address}</bdi>
            </span>
          )}
          <Standing conversation={conversation} />
          <HeaderLabels labelIds={conversation.labelIds} />
          <TypingLine key={conversation.id} conversationId={conversation.id} />
        </p>
      </div>
      <Assignee assigneeId={conversation.assigneeId} teamId={conversation.teamId} idsOf={idsOf} />
      <Tools closed={closed} idsOf={idsOf} personOf={personOf} nameOf={nameOf} onUnread={unread} />
    </header>
  );
}

/** Somebody holds it: nothing of it goes when its time is over. */
function HeldFlag(subject: { readonly conversationId: string; readonly contactId: string }): ReactNode {
  const [hold] = useHolds(subject);
  return hold === undefined ? null : (
    <span className={styles['held']} title={hold.reason}>
      <Gavel size={12} aria-hidden="true" />
      {t('hold.badge')}
    </span>
  );
}

/** Snoozed until when, closed why. */
function Standing({ conversation }: Pick<ConversationDetail, 'conversation'>): ReactNode {
  const { status, snoozedUntil, closeReason } = conversation;
  if (status === 'open') return null;
  const words =
    status === 'closed'
      ? closeReason === null || closeReason === ''
        ? t('thread.header.closed')
        : t('thread.header.closedBecause', { reason: closeReason })
      : snoozedUntil === null
        ? t('thread.header.snoozedReply')
        : t('thread.header.snoozedUntil', { time: whenWords(snoozedUntil) });
  return <span className={styles['standing']}>{words}</span>;
}

function whenWords(at: number): string {
  const now = Date.now();
  return daysAgo(at, now) === 0 ? clockTime(at) : `${dayName(at, now)}, ${clockTime(at)}`;
}

// The controls are heavy. Memoised, and told the conversation only when they are used, they stay as they are when another one is opened.

const Back = memo(function Back({ onBack }: Pick<ThreadHeaderProps, 'onBack'>): ReactNode {
  return (
    <IconButton label={t('inbox.thread.back')} shortcut={keysOf('back')} onPress={onBack}>
      <ArrowLeft size={16} className={styles['flip']} />
    </IconButton>
  );
});

interface AssigneeProps {
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly idsOf: () => string[];
}

/** Whose it is: opens the picker of people and teams; one press takes what is nobody's or somebody else's. */
const Assignee = memo(function Assignee({ assigneeId, teamId, idsOf }: AssigneeProps): ReactNode {
  const triage = useTriage();
  const open = useOverlay((state) => state.open);
  const { me } = useReady();
  const { users, teams } = useLookup();
  const presence = useAround((state) => (assigneeId === null ? undefined : state.presence.get(assigneeId)));
  const person = assigneeId === null ? null : (users.get(assigneeId)?.name ?? t('message.author.unknown'));
  const team = teamId === null ? null : (teams.get(teamId)?.name ?? null);
  const name =
    person ?? (team === null ? t('inbox.list.unassigned') : t('thread.header.team', { name: team }));
  const gone = person === null || assigneeId === me.id ? undefined : presence;
  const words =
    gone === 'away'
      ? t('thread.header.away', { name })
      : gone === 'offline'
        ? t('thread.header.offline', { name })
        : name;
  return (
    <>
      {assigneeId === me.id ? null : (
        <span className={styles['take']}>
          <Button
            size="small"
            icon={<Hand size={14} />}
            onPress={() => triage.assign(idsOf(), { assigneeId: me.id, teamId, name: me.name }, null)}
          >
            {assigneeId === null ? t('thread.header.take') : t('thread.header.takeOver')}
          </Button>
        </span>
      )}
      <MenuButton
        label={t('inbox.thread.assign', { name: words })}
        onPress={() => open({ kind: 'assign', ids: idsOf() })}
      >
        {person !== null ? (
          <Avatar name={person} size={20} />
        ) : team !== null ? (
          <UsersRound size={16} />
        ) : (
          <UserRound size={16} />
        )}
        <span className={styles['assigneeName']}>{words}</span>
        <ChevronDown size={14} />
      </MenuButton>
    </>
  );
});

interface EntriesProps {
  readonly closed: boolean;
  readonly idsOf: () => string[];
  readonly personOf: () => string;
  readonly nameOf: () => string;
}

interface ToolsProps extends EntriesProps {
  readonly onUnread: () => void;
}

const Tools = memo(function Tools({ closed, idsOf, personOf, nameOf, onUnread }: ToolsProps): ReactNode {
  const triage = useTriage();
  return (
    <>
      <IconButton label={t('inbox.thread.markUnread')} shortcut={keysOf('unread')} onPress={onUnread}>
        <MailOpen size={16} />
      </IconButton>
      <IconButton
        label={closed ? t('inbox.thread.reopen') : t('inbox.thread.close')}
        shortcut={keysOf('close')}
        onPress={() => triage.toggleClosed(idsOf())}
      >
        {closed ? <ArchiveRestore size={16} /> : <Archive size={16} />}
      </IconButton>
      <Menu
        placement="bottom end"
        aria-label={t('thread.header.more')}
        trigger={
          <IconButton label={t('thread.header.more')}>
            <Ellipsis size={16} />
          </IconButton>
        }
      >
        <Entries closed={closed} idsOf={idsOf} personOf={personOf} nameOf={nameOf} />
      </Menu>
    </>
  );
});

/** What else can be done. Drawn when the menu opens, for the conversation that is open then. */
function Entries({ closed, idsOf, personOf, nameOf }: EntriesProps): ReactNode {
  const triage = useTriage();
  const open = useOverlay((state) => state.open);
  const search = useSearching((state) => state.open);
  const { messagesOnly, toggle } = useTimeline();
  const ids = idsOf();
  const [id] = ids;
  const mayHold = useMayHold();
  const hold = useHolding((state) => state.open);
  const holds = useHolds({ conversationId: id ?? null, contactId: personOf() });
  const pinned = triage.rows(ids)[0]?.pinned === true;
  return (
    <>
      <MenuItem
        label={t('thread.header.person')}
        icon={<ContactRound size={14} />}
        onAction={() => {
          window.location.hash = `#/contacts/${encodeURIComponent(personOf())}`;
        }}
      />
      <MenuItem
        label={t('thread.header.labels')}
        icon={<Tags size={14} />}
        shortcut={keysOf('label')}
        onAction={() => open({ kind: 'label', ids })}
      />
      <MenuItem
        label={t('thread.header.snooze')}
        icon={<AlarmClock size={14} />}
        shortcut={keysOf('snooze')}
        onAction={() => open({ kind: 'snooze', ids })}
      />
      {closed ? null : (
        <MenuItem
          label={t('thread.header.closeReason')}
          icon={<Archive size={14} />}
          shortcut={keysOf('closeReason')}
          onAction={() => open({ kind: 'close', ids })}
        />
      )}
      <MenuItem
        label={pinned ? t('thread.header.unpin') : t('thread.header.pin')}
        icon={<Pin size={14} />}
        shortcut={keysOf('pin')}
        onAction={() => triage.togglePin(ids)}
      />
      {mayHold || holds.length > 0 ? (
        <MenuItem
          label={t('hold.menu')}
          icon={<Gavel size={14} />}
          onAction={() => {
            if (id !== undefined)
              hold({
                scope: { kind: 'conversation', conversationId: id },
                contactId: personOf(),
                name: nameOf(),
              });
          }}
        />
      ) : null}
      <MenuSeparator />
      <MenuItem
        label={t('thread.header.find')}
        icon={<Search size={14} />}
        onAction={() => search(ids[0] ?? null)}
      />
      <MenuItem
        label={t('thread.header.date')}
        icon={<CalendarSearch size={14} />}
        shortcut={keysOf('date')}
        onAction={() => open({ kind: 'date', ids })}
      />
      <MenuItem
        label={messagesOnly ? t('thread.header.everything') : t('thread.header.onlyMessages')}
        icon={<ListFilter size={14} />}
        onAction={toggle}
      />
      <MenuSeparator />
      <MenuItem
        label={t('backup.export.menu')}
        icon={<Download size={14} />}
        onAction={() => useExporting.getState().ask({ conversationIds: [...ids] })}
      />
    </>
  );
}
