import { ArchiveRestore, Archive, ArrowLeft, ChevronDown, MailOpen, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useLookup, useReady } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, MenuItem, MenuSection } from '../../../ui/Menu.tsx';
import { MenuButton } from '../../../ui/MenuButton.tsx';
import { ChannelMark } from '../ChannelMark.tsx';
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
  const showNotice = useNotices((state) => state.show);
  const fail = (error: unknown): void => showNotice(callWords(error));
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
      <Assignee detail={detail} onError={fail} />
      <IconButton
        label={t('inbox.thread.markUnread')}
        shortcut="U"
        onPress={() => {
          bridge.call('conversation.unread', { conversationId: conversation.id }).then(onBack, fail);
        }}
      >
        <MailOpen size={16} />
      </IconButton>
      <IconButton
        label={closed ? t('inbox.thread.reopen') : t('inbox.thread.close')}
        shortcut="E"
        onPress={() => {
          bridge
            .call('conversation.status', {
              conversationId: conversation.id,
              status: closed ? 'open' : 'closed',
              snoozedUntil: null,
            })
            .catch(fail);
        }}
      >
        {closed ? <ArchiveRestore size={16} /> : <Archive size={16} />}
      </IconButton>
    </header>
  );
}

function Assignee({
  detail,
  onError,
}: {
  readonly detail: ConversationDetail;
  readonly onError: (error: unknown) => void;
}): ReactNode {
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
          const next = key === NOBODY ? null : key;
          bridge.call('conversation.assign', { conversationId: id, assigneeId: next }).catch(onError);
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
