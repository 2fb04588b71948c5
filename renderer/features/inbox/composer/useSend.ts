import { useCallback } from 'react';
import type { ConversationDetail, Draft } from '../../../../shared/contract/rows.ts';
import type { MessageContent } from '../../../../shared/domain/message-content.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import type { Drafts } from '../../../lib/stores/drafts.ts';
import { useDrafts } from './drafts.ts';
import type { Outgoing } from './outgoing.ts';
import { outgoingOf, remainder } from './outgoing.ts';
import { useUndoSend } from './undoSend.ts';

export interface SendTools {
  /**
   * Sends what is in the box. Rejects with what went wrong; what was not sent is back in the box then. `override`: why it goes out without
   * recorded consent.
   */
  sendDraft(
    draft: Draft,
    seenRev: number | null,
    sendAt: number | null,
    override: string | null,
  ): Promise<void>;
  /** Sends something that does not come from the box: a template, a voice message. */
  sendContent(content: MessageContent, seenRev: number | null, override: string | null): Promise<void>;
}

/** Sending in one conversation, with the time to take it back. */
export function useSend(detail: ConversationDetail): SendTools {
  const bridge = useBridge();
  const drafts: Drafts = useDrafts();
  const conversationId = detail.conversation.id;
  const name = detail.contact.name;
  const { capabilities } = detail.channel;

  const queue = useCallback(
    async (
      parts: ReadonlyArray<Outgoing>,
      options: {
        quotedMessageId: string | null;
        seenRev: number | null;
        sendAt: number | null;
        override: string | null;
      },
      draft: Draft | null,
    ): Promise<void> => {
      const sent: { messageId: string; part: Outgoing }[] = [];
      let until: number | null = null;
      try {
        for (const part of parts) {
          const answer = await bridge.call('message.send', {
            conversationId,
            content: part.content,
            quotedMessageId: sent.length === 0 ? options.quotedMessageId : null,
            sendAt: options.sendAt,
            seenRev: options.seenRev,
            override: options.override,
          });
          sent.push({ messageId: answer.messageId, part });
          until ??= answer.undoUntil;
        }
      } catch (error) {
        // Nothing that was written is lost: what did not go goes back into the box.
        if (draft !== null) {
          drafts.restore(
            conversationId,
            remainder(
              draft,
              sent.map(({ part }) => part),
            ),
          );
        }
        throw error;
      }
      if (draft !== null) drafts.sent(conversationId);
      if (until !== null && options.sendAt === null && until > Date.now()) {
        useUndoSend.getState().offer({ conversationId, name, sent, until, draft });
      }
    },
    [bridge, drafts, conversationId, name],
  );

  const sendDraft = useCallback(
    (draft: Draft, seenRev: number | null, sendAt: number | null, override: string | null) => {
      drafts.hold(conversationId);
      const { quotedMessageId } = draft;
      return queue(outgoingOf(draft, capabilities), { quotedMessageId, seenRev, sendAt, override }, draft);
    },
    [drafts, conversationId, queue, capabilities],
  );
  const sendContent = useCallback(
    (content: MessageContent, seenRev: number | null, override: string | null) =>
      queue(
        [{ content, text: false, mediaId: null }],
        { quotedMessageId: null, seenRev, sendAt: null, override },
        null,
      ),
    [queue],
  );
  return { sendDraft, sendContent };
}
