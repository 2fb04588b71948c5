import { PauseCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ConversationDetail, ThreadItem } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useDirectory } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useThreadTools } from '../thread/context.ts';
import { heldWords } from '../thread/statusWords.ts';
import { Arrivals, contentWords } from './Arrivals.tsx';
import styles from './Bars.module.css';
import { useDrafts } from './drafts.ts';
import { purposeOf } from './firstWords.ts';
import { FirstWordsDialog } from './FirstWordsDialog.tsx';
import { draftOf } from './outgoing.ts';
import { arrivedAfter } from './seen.ts';

export interface HeldBarProps {
  readonly detail: ConversationDetail;
  readonly items: ReadonlyArray<ThreadItem>;
  /** A held message is back in the box. */
  readonly onBack: () => void;
}

type HeldItem = Extract<ThreadItem, { type: 'message' }>;

/** Messages of this conversation that were held back: why, what came meanwhile, and the choice. */
export function HeldBar({ detail, items, onBack }: HeldBarProps): ReactNode {
  const conversationId = detail.conversation.id;
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const templates = useDirectory()?.templates ?? [];
  const bridge = useBridge();
  const drafts = useDrafts();
  const { meId } = useThreadTools();
  const held = items.filter(
    (item): item is HeldItem => item.type === 'message' && item.outbox?.state === 'held',
  );
  const first = held[0];
  if (first === undefined) return null;

  const { message, outbox } = first;
  const reason = outbox?.error ?? null;
  const arrivals = arrivedAfter(items, message.id, meId);
  const forPeople = reason === 'unseen' || reason === 'reassigned';
  const target = { conversationId, messageId: message.id };
  const fail = (error: unknown): void => useNotices.getState().show(callWords(error));
  const close = (): void => setOpen(false);
  const retry = (anyway: boolean): void => {
    close();
    bridge.call('message.retry', { ...target, anyway }).catch(fail);
  };
  const discard = (edit: boolean): void => {
    close();
    bridge.call('message.discard', target).then(({ content }) => {
      const draft = edit ? draftOf(content) : null;
      if (draft === null) return;
      drafts.restore(conversationId, {
        ...draft,
        quotedMessageId: message.quote?.messageId ?? null,
      });
      onBack();
    }, fail);
  };

  /** With consent it goes as it is; with a reason it goes anew, as the reason belongs to the message. */
  const agreed = (override: string | null): void => {
    setAsking(false);
    if (override === null) {
      retry(false);
      return;
    }
    const quotedMessageId = message.quote?.messageId ?? null;
    bridge
      .call('message.discard', target)
      .then(({ content }) =>
        bridge.call('message.send', {
          conversationId,
          content,
          quotedMessageId,
          sendAt: null,
          seenRev: null,
          override,
        }),
      )
      .catch(fail);
  };

  return (
    <>
      <div className={cx(styles['bar'], styles['warn'])}>
        <PauseCircle size={14} aria-hidden="true" />
        <span className={styles['text']} role="status">
          {t('writing.held.count', { count: held.length })}
        </span>
        <Button size="small" onPress={() => setOpen(true)}>
          {t('writing.held.look')}
        </Button>
      </div>
      <Dialog
        title={t('writing.held.title')}
        role="alertdialog"
        isOpen={open}
        onClose={close}
        actions={
          <>
            <Button variant="ghost" onPress={() => discard(false)}>
              {t('writing.held.discard')}
            </Button>
            {draftOf(message.content) === null ? null : (
              <Button onPress={() => discard(true)}>{t('writing.held.edit')}</Button>
            )}
            {reason === 'no_consent' ? (
              <Button
                variant="primary"
                onPress={() => {
                  close();
                  setAsking(true);
                }}
              >
                {t('person.first.ask')}
              </Button>
            ) : (
              <Button variant="primary" onPress={() => retry(forPeople)}>
                {forPeople ? t('writing.held.anyway') : t('writing.held.retry')}
              </Button>
            )}
          </>
        }
      >
        <p>{heldWords(reason)}</p>
        <h3 className={styles['heading']}>{t('writing.held.yours')}</h3>
        <p className={cx(styles['arrival'], styles['arrivalOwn'])} dir="auto">
          <span className={styles['arrivalText']}>{contentWords(message.content)}</span>
        </p>
        {arrivals.length === 0 ? null : (
          <>
            <h3 className={styles['heading']}>{t('writing.held.since')}</h3>
            <Arrivals items={arrivals} />
          </>
        )}
      </Dialog>
      {asking ? (
        <FirstWordsDialog
          detail={detail}
          purpose={purposeOf(message.content, templates)}
          onSend={agreed}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
