import { Ban, CircleCheck, Copy, Ellipsis, Gavel, MessageSquarePlus, Scale, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ContactDetail } from '../../../../shared/contract/contacts.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useHolds, useMayHold } from '../../../lib/queries/holds.ts';
import { useDirectory, useReady } from '../../../lib/queries/hooks.ts';
import { useHolding } from '../../../lib/stores/holding.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { performOnContacts } from '../../../lib/undo/undo.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../../../ui/Menu.tsx';
import { addressOf } from '../table/cells.tsx';
import { NameEditor } from './NameEditor.tsx';
import styles from './Person.module.css';
import { useSavePatch } from './savePatch.ts';

export interface PersonHeaderProps {
  readonly detail: ContactDetail;
  readonly alone: boolean;
  readonly onClose: () => void;
  readonly onConversation: (conversationId: string) => void;
}

/** The name, how the person is reached, and what can be done with the whole record. */
export function PersonHeader({ detail, alone, onClose, onConversation }: PersonHeaderProps): ReactNode {
  const { contact } = detail;
  const bridge = useBridge();
  const save = useSavePatch(contact.id);
  const { show } = useNotices.getState();
  const mayHold = useMayHold();
  const holds = useHolds({ conversationId: null, contactId: contact.id });
  const block = (): void => {
    const blocked = !contact.blocked;
    void save({ blocked }, t(blocked ? 'person.done.blocked' : 'person.done.unblocked')).then((problem) => {
      if (problem !== null) show(problem);
    });
  };
  const remove = (): void => {
    const words = (): string => t('person.done.deleted', { name: contact.name });
    void performOnContacts(bridge, { contactIds: [contact.id] }, 1, { type: 'delete' }, words).then(
      (worked) => {
        if (worked) onClose();
      },
    );
  };
  return (
    <header className={styles['header']}>
      <Avatar name={contact.name} shape="square" />
      <div className={styles['who']}>
        <NameEditor name={contact.name} alone={alone} onSave={(name) => save({ name })} />
        <p className={styles['under']}>
          {contact.company === null ? null : (
            <>
              <bdi>{contact.company}</bdi>
              <span aria-hidden="true"> · </span>
            </>
          )}
          {addressOf(contact)}
        </p>
      </div>
      <Start detail={detail} onConversation={onConversation} />
      <Menu
        placement="bottom end"
        aria-label={t('person.more')}
        trigger={
          <IconButton label={t('person.more')}>
            <Ellipsis size={16} />
          </IconButton>
        }
      >
        <MenuItem
          label={contact.blocked ? t('person.unblock') : t('person.block')}
          icon={contact.blocked ? <CircleCheck size={14} /> : <Ban size={14} />}
          onAction={block}
        />
        <MenuItem
          label={t('person.duplicates')}
          icon={<Copy size={14} />}
          onAction={() => {
            window.location.hash = `#/contacts/duplicates?contact=${contact.id}`;
          }}
        />
        <MenuItem
          label={t('person.rights')}
          icon={<Scale size={14} />}
          onAction={() => {
            window.location.hash = `#/contacts/rights?contact=${contact.id}`;
          }}
        />
        {mayHold || holds.length > 0 ? (
          <MenuItem
            label={t('hold.menu')}
            icon={<Gavel size={14} />}
            onAction={() =>
              useHolding.getState().open({
                scope: { kind: 'contact', contactId: contact.id },
                contactId: contact.id,
                name: contact.name,
              })
            }
          />
        ) : null}
        <MenuSeparator />
        <MenuItem label={t('person.delete')} icon={<Trash2 size={14} />} onAction={remove} />
      </Menu>
      <IconButton label={alone ? t('person.back') : t('person.close')} shortcut="Esc" onPress={onClose}>
        <X size={16} />
      </IconButton>
    </header>
  );
}

/** Opens a conversation on a channel: the one that is there, or a new one. */
function Start({ detail, onConversation }: Pick<PersonHeaderProps, 'detail' | 'onConversation'>): ReactNode {
  const { contact, conversations } = detail;
  const bridge = useBridge();
  const { me } = useReady();
  const channels = (useDirectory()?.channels ?? []).filter(
    ({ id }) => me.channelIds === null || me.channelIds.includes(id),
  );
  const reachable = channels.filter(
    ({ kind }) =>
      contact.phone !== null || contact.identities.some(({ channelKind }) => channelKind === kind),
  );
  const start = (channelId: string): void => {
    bridge.call('contact.converse', { contactId: contact.id, channelId }).then(
      ({ conversationId }) => onConversation(conversationId),
      (error: unknown) => useNotices.getState().show(callWords(error)),
    );
  };
  if (contact.blocked || contact.restriction !== null || reachable.length === 0) return null;
  return (
    <Menu
      placement="bottom end"
      aria-label={t('person.start')}
      trigger={
        <Button size="small" variant="primary" icon={<MessageSquarePlus size={14} />}>
          {t('person.start')}
        </Button>
      }
    >
      <MenuSection title={t('person.startOn')}>
        {reachable.map((channel) => (
          <MenuItem
            key={channel.id}
            label={
              conversations.some(({ channelId, status }) => channelId === channel.id && status !== 'closed')
                ? t('person.startOpen', { name: channel.name })
                : channel.name
            }
            onAction={() => start(channel.id)}
          />
        ))}
      </MenuSection>
    </Menu>
  );
}
