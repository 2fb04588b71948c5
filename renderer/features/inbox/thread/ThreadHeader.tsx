import { ArchiveRestore, Archive, ArrowLeft, ChevronDown, MailOpen, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useLookup, useReady } from '../../../lib/queries/hooks.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, MenuItem, MenuSection } from '../../../ui/Menu.tsx';
import { MenuButton } from '../../../ui/MenuButton.tsx';
import { ChannelMark } from '../ChannelMark.tsx';
import { assign, markUnread, toggleClosed } from '../conversationActions.ts';
import styles from './ThreadHeader.module.css';
import { TypingLine } from './TypingLine.tsx';

export interface ThreadHeaderProps {
  readonly detail: ConversationDetail;
  readonly alone: boolean;
  readonly onBack: () => void;
}

const NOBODY = 'nobody';

/** Who this is, on which channel, whose it is, and what can be done with the whole conversation. */
export function ThreadHeader({ detail, alone, onBack }: ThreadHeaderProps): ReactNode {
  const { conversation, contact, channel } = detail;
  const bridge = useBridge();
  const Name = alone ? 'h1' : 'h2';
  const closed = conversation.status === 'closed';
  const address =
    contact.phone ?? contact.identities.find((identity) => identity.username !== null)?.username ?? null;

  return (
    <header className={styles['header']}>
      <span className={styles['back']}>
        <IconButton label={t('inbox.thread.back')} shortcut="Esc" onPress={onBack}>
          <ArrowLeft size={16} className={styles['flip']} />
        </IconButton>
      </span>
      <div className={styles['who']}>
        <Name className={styles['name']}>
          <bdi>{contact.name}</bdi>
        </Name>
        <p className={styles['under']}>
          <ChannelMark channel={channel} />
          <span className={styles['channel']}>{channel.name}</span>
          {address === null || address === contact.name ? null : (
            <bdi className={styles['address']}>{address}</bdi>
          )}
          <TypingLine key={conversation.id} conversationId={conversation.id} />
        </p>
      </div>
      <Assignee detail={detail} />
      <IconButton
        label={t('inbox.thread.markUnread')}
        shortcut="U"
        onPress={() => {
          markUnread(bridge, conversation.id);
          onBack();
        }}
      >
        <MailOpen size={16} />
      </IconButton>
      <IconButton
        label={closed ? t('inbox.thread.reopen') : t('inbox.thread.close')}
        shortcut="E"
        onPress={() => toggleClosed(bridge, conversation.id, conversation.status)}
      >
        {closed ? <ArchiveRestore size={16} /> : <Archive size={16} />}
      </IconButton>
    </header>
  );
}

function Assignee({ detail }: { readonly detail: ConversationDetail }): ReactNode {
  const bridge = useBridge();
  const { me } = useReady();
  const { users } = useLookup();
  const { assigneeId, id } = detail.conversation;
  const name = assigneeId === null ? null : (users.get(assigneeId)?.name ?? t('message.author.unknown'));
  const people = [...users.values()].filter(
    (user) => !user.disabled && (user.channelIds === null || user.channelIds.includes(detail.channel.id)),
  );
  return (
    <Menu
      placement="bottom end"
      aria-label={t('inbox.thread.assignTitle')}
      trigger={
        <MenuButton label={t('inbox.thread.assign', { name: name ?? t('inbox.list.unassigned') })}>
          {name === null ? <UserRound size={16} /> : <Avatar name={name} size={20} />}
          <span className={styles['assigneeName']}>{name ?? t('inbox.list.unassigned')}</span>
          <ChevronDown size={14} />
        </MenuButton>
      }
    >
      <MenuSection
        title={t('inbox.thread.assignTitle')}
        selected={assigneeId ?? NOBODY}
        onSelect={(key) => {
          assign(bridge, id, key === NOBODY ? null : key);
        }}
      >
        {people.map((user) => (
          <MenuItem
            key={user.id}
            id={user.id}
            label={user.id === me.id ? t('inbox.thread.assignMe', { name: user.name }) : user.name}
          />
        ))}
        <MenuItem id={NOBODY} label={t('inbox.thread.unassign')} />
      </MenuSection>
    </Menu>
  );
}
