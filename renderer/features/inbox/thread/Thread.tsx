import { Inbox as InboxIcon, MessageSquareOff } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useMemo, useRef, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { CallFailure } from '../../../../shared/contract/errors.ts';
import type { ConversationDetail, ThreadPage } from '../../../../shared/contract/rows.ts';
import type { MediaRef } from '../../../../shared/domain/message-content.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useDetail, useLookup, useReady, useThread } from '../../../lib/queries/hooks.ts';
import { useLinks } from '../../../lib/stores/links.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useNow } from '../../../lib/useNow.ts';
import { useJump } from '../../../lib/stores/jump.ts';
import { useQuote } from '../../../lib/stores/quote.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useDrafts } from '../composer/drafts.ts';
import { draftOf } from '../composer/outgoing.ts';
import { Composer } from '../composer/Composer.tsx';
import type { ThreadTools } from './context.ts';
import { ThreadToolsProvider } from './context.ts';
import { FileQuestion } from './FileQuestion.tsx';
import { History } from './History.tsx';
import type { OpenMenu } from './MessageMenu.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import { picturesOf } from '../viewer/pictures.ts';
import { Viewer } from '../viewer/Viewer.tsx';
import type { MessageListHandle } from './MessageList.tsx';
import { ChannelNotice } from './ChannelNotice.tsx';
import styles from './Thread.module.css';
import { ThreadHeader } from './ThreadHeader.tsx';
import { ThreadSkeleton } from './ThreadSkeleton.tsx';

export interface ThreadProps {
  readonly conversationId: string;
  readonly composerRef: RefObject<HTMLTextAreaElement | null>;
  /** Told when the composer's box appears and goes. */
  readonly onComposer: (element: HTMLTextAreaElement | null) => void;
  /** The only pane on the screen: its name is the page's heading. */
  readonly alone: boolean;
  /** Back to the list: narrow windows show one pane at a time. */
  readonly onBack: () => void;
  /** Away from a conversation that is not there any more. */
  readonly onLeave: () => void;
}

/**
 * One conversation: who, what was said, and what to answer. Header and composer stay when another one is opened, because mounting their
 * controls anew would cost more than the messages; only the history is remounted.
 */
export function Thread({
  conversationId,
  composerRef,
  onComposer,
  alone,
  onBack,
  onLeave,
}: ThreadProps): ReactNode {
  const detail = useDetail(conversationId);
  const thread = useThread(conversationId);
  // Withdrawn while it was open: what was read before may not be shown any more, however fresh it is.
  if (isGone(detail.error) || isGone(thread.error)) {
    return (
      <EmptyState
        icon={<MessageSquareOff size={24} />}
        text={t('inbox.thread.gone')}
        action={<Button onPress={onLeave}>{t('inbox.thread.toList')}</Button>}
      />
    );
  }
  if (detail.data !== undefined && thread.data !== undefined) {
    return (
      <Loaded
        detail={detail.data}
        page={thread.data}
        composerRef={composerRef}
        onComposer={onComposer}
        alone={alone}
        onBack={onBack}
      />
    );
  }
  if (detail.error === null && thread.error === null) return <ThreadSkeleton />;
  return (
    <EmptyState
      icon={<InboxIcon size={24} />}
      text={t('inbox.thread.failedToLoad')}
      action={
        <Button
          onPress={() => {
            detail.again();
            thread.again();
          }}
        >
          {t('app.retry')}
        </Button>
      }
    />
  );
}

function isGone(error: Error | null): boolean {
  return error instanceof CallFailure && error.error.kind === 'not_found';
}

interface LoadedProps {
  readonly detail: ConversationDetail;
  readonly page: ThreadPage;
  readonly composerRef: RefObject<HTMLTextAreaElement | null>;
  readonly onComposer: (element: HTMLTextAreaElement | null) => void;
  readonly alone: boolean;
  readonly onBack: () => void;
}

function Loaded({ detail, page, composerRef, onComposer, alone, onBack }: LoadedProps): ReactNode {
  const conversationId = detail.conversation.id;
  const bridge = useBridge();
  const lookup = useLookup();
  const { me } = useReady();
  const now = useNow(60_000);
  const showNotice = useNotices((state) => state.show);
  const openLink = useLinks((state) => state.ask);
  const list = useRef<MessageListHandle>(null);

  const drafts = useDrafts();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [picture, setPicture] = useState<string | null>(null);
  const [file, setFile] = useState<MediaRef | null>(null);

  const contactName = detail.contact.name;
  const { reactions, quotes } = detail.channel.capabilities;
  const tools = useMemo<ThreadTools>(() => {
    const fail = (error: unknown): void => showNotice(callWords(error));
    return {
      lookup,
      meId: me.id,
      contactName,
      openLink,
      can: { react: reactions, quote: quotes },
      retry: (messageId, anyway = false) => {
        bridge.call('message.retry', { conversationId, messageId, anyway }).catch(fail);
      },
      discard: (messageId) => {
        bridge.call('message.discard', { conversationId, messageId }).catch(fail);
      },
      edit: ({ id: messageId, quote }) => {
        bridge.call('message.discard', { conversationId, messageId }).then(({ content }) => {
          const draft = draftOf(content);
          if (draft === null) return;
          drafts.restore(conversationId, { ...draft, quotedMessageId: quote?.messageId ?? null });
          composerRef.current?.focus();
        }, fail);
      },
      sendNow: ({ id: messageId, content }) => {
        bridge.call('message.revise', { conversationId, messageId, content, sendAt: null }).catch(fail);
      },
      reply: (messageId) => useQuote.getState().quote(conversationId, messageId),
      react: (messageId, emoji) => {
        bridge.call('message.react', { conversationId, messageId, emoji }).catch(fail);
      },
      jumpTo: (messageId) => useJump.getState().go(conversationId, { messageId }),
      openPicture: setPicture,
      openFile: setFile,
      open: (what, target, anchor) => setMenu({ what, target, anchor }),
      addContact: async ({ name, phones, emails }) => {
        await bridge.call('contact.save', {
          contactId: null,
          patch: {
            name:
              name === '' ? (phones[0]?.value ?? emails[0]?.value ?? t('message.contactCard.unnamed')) : name,
            phone: phones[0]?.value ?? null,
            phones: phones.slice(1).map(({ value }) => value),
            email: emails[0]?.value ?? null,
            emails: emails.slice(1).map(({ value }) => value),
          },
        });
      },
    };
  }, [
    bridge,
    composerRef,
    conversationId,
    contactName,
    drafts,
    lookup,
    me.id,
    openLink,
    quotes,
    reactions,
    showNotice,
  ]);

  return (
    <ThreadToolsProvider value={tools}>
      <section className={styles['thread']} aria-label={contactName}>
        <ThreadHeader detail={detail} alone={alone} onBack={onBack} />
        <ChannelNotice channel={detail.channel} />
        <History key={conversationId} detail={detail} page={page} now={now} handle={list} />
        <Composer
          detail={detail}
          textRef={composerRef}
          onText={onComposer}
          onSent={() => list.current?.toEnd()}
        />
        {menu === null ? null : (
          <MessageMenu
            key={`${menu.what}-${menu.target.message.id}`}
            open={menu}
            onClose={() => setMenu((now) => (now === menu ? null : now))}
          />
        )}
        {file === null ? null : <FileQuestion key={file.id} media={file} onClose={() => setFile(null)} />}
        {picture === null ? null : (
          <Viewer pictures={picturesOf(page.items)} start={picture} onClose={() => setPicture(null)} />
        )}
      </section>
    </ThreadToolsProvider>
  );
}
