import {
  Copy,
  CornerUpLeft,
  Download,
  FileText,
  History as HistoryIcon,
  Image,
  Quote,
  RotateCw,
  SmilePlus,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { mediaOf, searchableText } from '../../../../shared/domain/message-content.ts';
import type { Message } from '../../../../shared/domain/message.ts';
import { fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useTell } from '../../../lib/useTell.ts';
import { AnchoredMenu, AnchoredPane } from '../../../ui/Anchored.tsx';
import { EmojiGrid } from '../../../ui/EmojiGrid.tsx';
import { MenuItem, MenuSeparator } from '../../../ui/Menu.tsx';
import type { MenuTarget } from './context.ts';
import { useThreadTools } from './context.ts';
import { Content } from './kinds/Content.tsx';
import { mediaUrl } from './kinds/mediaUrl.ts';
import styles from './MessageMenu.module.css';
import { MORE_REACTIONS, QUICK_REACTIONS } from './reactions.ts';
import { shownStatus } from './status.ts';

/** What is open beside a message. One for the whole thread, mounted only while it is open. */
export interface OpenMenu {
  readonly what: 'menu' | 'react' | 'revisions';
  readonly target: MenuTarget;
  readonly anchor: Element;
}

export interface MessageMenuProps {
  readonly open: OpenMenu;
  readonly onClose: () => void;
}

export function MessageMenu({ open, onClose }: MessageMenuProps): ReactNode {
  const { what, target, anchor } = open;
  const placement = target.message.direction === 'out' ? 'bottom end' : 'bottom start';
  if (what === 'react') {
    return (
      <AnchoredPane
        label={t('thread.reaction.title')}
        anchor={anchor}
        onClose={onClose}
        placement={placement}
      >
        <ReactionChoice target={target} onClose={onClose} />
      </AnchoredPane>
    );
  }
  if (what === 'revisions') {
    return (
      <AnchoredPane
        label={t('thread.revisions.title')}
        anchor={anchor}
        onClose={onClose}
        placement={placement}
      >
        <Revisions message={target.message} />
      </AnchoredPane>
    );
  }
  return (
    <AnchoredMenu label={t('thread.actions.label')} anchor={anchor} onClose={onClose} placement={placement}>
      <Entries open={open} />
    </AnchoredMenu>
  );
}

function Entries({ open: { target, anchor } }: { readonly open: OpenMenu }): ReactNode {
  const tell = useTell();
  const tools = useThreadTools();
  const { message, outbox } = target;
  const deleted = message.deletedAt !== null;
  const text = deleted ? '' : searchableText(message.content);
  const media = deleted ? null : mediaOf(message.content);
  const quoted = message.quote?.messageId ?? null;
  const mine = message.reactions.find((reaction) => reaction.by === tools.meId);
  const shown = message.direction === 'out' ? shownStatus(message, outbox) : null;
  return (
    <>
      {isAnswerable(target) && tools.can.quote ? (
        <MenuItem
          label={t('thread.actions.reply')}
          icon={<CornerUpLeft size={14} />}
          shortcut="R"
          onAction={() => tools.reply(message.id)}
        />
      ) : null}
      {isAnswerable(target) && tools.can.react ? (
        <MenuItem
          label={t('thread.actions.react')}
          icon={<SmilePlus size={14} />}
          shortcut="+"
          // The menu gives the focus back first; the pane takes it after that.
          onAction={() => setTimeout(() => tools.open('react', target, anchor))}
        />
      ) : null}
      {mine === undefined ? null : (
        <MenuItem
          label={t('thread.actions.unreact', { emoji: mine.emoji })}
          onAction={() => tools.react(message.id, null)}
        />
      )}
      {text === '' ? null : (
        <MenuItem
          label={t('thread.actions.copy')}
          icon={<Copy size={14} />}
          onAction={() => {
            copy(text);
            tell('copy.message', message.id);
          }}
        />
      )}
      {media === null || !media.mimeType.startsWith('image/') ? null : (
        <MenuItem
          label={t('thread.actions.view')}
          icon={<Image size={14} />}
          onAction={() => setTimeout(() => tools.openPicture(media.id))}
        />
      )}
      {media === null || message.content.kind !== 'document' ? null : (
        <MenuItem
          label={t('thread.actions.openFile')}
          icon={<FileText size={14} />}
          // The menu gives the focus back first; the question takes it after that.
          onAction={() => setTimeout(() => tools.openFile(media))}
        />
      )}
      {media === null ? null : (
        <MenuItem
          label={t('thread.actions.save')}
          icon={<Download size={14} />}
          href={mediaUrl(media.id)}
          download={media.fileName ?? true}
          onAction={() => tell('file.save', media.id)}
        />
      )}
      {quoted === null && message.revisions.length === 0 ? null : <MenuSeparator />}
      {quoted === null ? null : (
        <MenuItem
          label={t('thread.actions.quoted')}
          icon={<Quote size={14} />}
          onAction={() => setTimeout(() => tools.jumpTo(quoted))}
        />
      )}
      {message.revisions.length === 0 ? null : (
        <MenuItem
          label={t('thread.actions.history')}
          icon={<HistoryIcon size={14} />}
          onAction={() => setTimeout(() => tools.open('revisions', target, anchor))}
        />
      )}
      {shown?.kind !== 'failed' || shown.retrying ? null : (
        <MenuItem
          label={t('thread.actions.retry')}
          icon={<RotateCw size={14} />}
          onAction={() => tools.retry(message.id)}
        />
      )}
    </>
  );
}

/** Only what the customer has can be quoted or reacted to. */
export function isAnswerable({ message }: MenuTarget): boolean {
  if (message.deletedAt !== null || message.content.kind === 'system' || message.content.kind === 'call')
    return false;
  return (
    message.direction === 'in' ||
    (message.delivery !== null &&
      message.delivery.status !== 'queued' &&
      message.delivery.status !== 'failed')
  );
}

function copy(text: string): void {
  const { show } = useNotices.getState();
  navigator.clipboard.writeText(text).then(
    () => show(t('thread.actions.copied')),
    () => show(t('thread.actions.copyFailed')),
  );
}

function ReactionChoice({
  target: { message },
  onClose,
}: {
  readonly target: MenuTarget;
  readonly onClose: () => void;
}): ReactNode {
  const { react, meId } = useThreadTools();
  const [more, setMore] = useState(false);
  const choose = (emoji: string): void => {
    onClose();
    const mine = message.reactions.find((reaction) => reaction.by === meId)?.emoji;
    react(message.id, mine === emoji ? null : emoji);
  };
  return (
    <div className={styles['reactions']}>
      <EmojiGrid
        key={String(more)}
        label={t('thread.reaction.title')}
        emoji={more ? [...QUICK_REACTIONS, ...MORE_REACTIONS] : QUICK_REACTIONS}
        columns={more ? 8 : 6}
        onChoose={choose}
      />
      {more ? null : (
        <button type="button" className={styles['more']} onClick={() => setMore(true)}>
          {t('thread.reaction.more')}
        </button>
      )}
    </div>
  );
}

/** What the message said before, oldest first. */
function Revisions({ message }: { readonly message: Message }): ReactNode {
  return (
    <div className={styles['revisions']}>
      <h3 className={styles['title']}>{t('thread.revisions.title')}</h3>
      <ol className={styles['list']}>
        {message.revisions.map((revision) => (
          <li key={revision.until} className={styles['revision']}>
            <span className={styles['until']}>
              {t('thread.revisions.until', { time: fullTime(revision.until) })}
            </span>
            <Content content={revision.content} />
          </li>
        ))}
        <li className={styles['revision']}>
          <span className={styles['until']}>{t('thread.revisions.now')}</span>
          <Content content={message.content} />
        </li>
      </ol>
    </div>
  );
}
