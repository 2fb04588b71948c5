import { Paperclip, TriangleAlert } from 'lucide-react';
import type { DragEvent, ReactNode, RefObject } from 'react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import type { ConsentPurpose } from '../../../../shared/domain/consent.ts';
import { windowOf } from '../../../../shared/domain/conversation.ts';
import type { MessageContent } from '../../../../shared/domain/message-content.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useLookup, useReady, useThread } from '../../../lib/queries/hooks.ts';
import { EMPTY_DRAFT, isEmptyDraft } from '../../../lib/stores/drafts.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { runMacro } from '../../../lib/undo/undo.ts';
import { cx } from '../../../ui/cx.ts';
import { useStable } from '../../../ui/useStable.ts';
import { TemplatePicker } from '../templates/TemplatePicker.tsx';
import { RichText } from '../thread/RichText.tsx';
import { Attachments } from './Attachments.tsx';
import styles from './Composer.module.css';
import { Condition, useWindowClosed } from './Condition.tsx';
import { FirstWordsDialog } from './FirstWordsDialog.tsx';
import { HeldBar } from './HeldBar.tsx';
import { Hint } from './Hint.tsx';
import type { Mode } from './ModeSwitch.tsx';
import { ModeSwitch } from './ModeSwitch.tsx';
import { useNotes } from './notes.ts';
import { QuoteBar } from './QuoteBar.tsx';
import type { Arrival } from './seen.ts';
import { SendButton } from './SendButton.tsx';
import { StopDialog } from './StopDialog.tsx';
import { mentionsIn } from './suggest.ts';
import { TemplatesHead } from './TemplatesHead.tsx';
import { TextBox } from './TextBox.tsx';
import { applyEdit, inserted } from './textEdit.ts';
import { Toolbar } from './Toolbar.tsx';
import { UndoBar } from './UndoBar.tsx';
import { takeBack, useUndoSend } from './undoSend.ts';
import { addFiles, forgetPreview, MOST_FILES, useUploads } from './uploads.ts';
import { useDrafts } from './drafts.ts';
import { useBoxFocus } from './useBoxFocus.ts';
import { useDraft, useRequests } from './useDraft.ts';
import { useLackingConsent } from './useLackingConsent.ts';
import { useSeen } from './useSeen.ts';
import { useSend } from './useSend.ts';
import { useSuggest } from './useSuggest.ts';
import { useTypingSignal } from './useTypingSignal.ts';
import { takesVoice, VoiceRecorder } from './VoiceRecorder.tsx';

/** What the place of the text box shows instead of it. */
type Instead = 'templates' | 'voice' | 'preview' | null;

/** Consent that lacks, and what waits for it. */
interface First {
  readonly purpose: ConsentPurpose;
  /** The text in the box (with when it is to go), or something else. */
  readonly what: { readonly sendAt: number | null; readonly anyway: boolean } | MessageContent;
}

export interface ComposerProps {
  readonly detail: ConversationDetail;
  readonly textRef: RefObject<HTMLTextAreaElement | null>;
  /** Told when the box appears and goes. */
  readonly onText: (element: HTMLTextAreaElement | null) => void;
  readonly onSent: () => void;
}

/** Where an answer or an internal note is written. It stays when another conversation is opened, and then shows that one's text. */
export function Composer({ detail, textRef, onText, onSent }: ComposerProps): ReactNode {
  const conversationId = detail.conversation.id;
  const { capabilities } = detail.channel;
  const bridge = useBridge();
  const drafts = useDrafts();
  const lookup = useLookup();
  const { me } = useReady();
  const items = useThread(conversationId).data?.items;
  const [draft, change] = useDraft(detail);
  const [note, setNote] = useNotes(detail);
  const [shownId, setShownId] = useState(conversationId);
  const [mode, setMode] = useState<Mode>('reply');
  const [instead, setInstead] = useState<Instead>(null);
  const [error, setError] = useState<string | null>(null);
  const [stopped, setStopped] = useState<{ arrivals: Arrival[]; sendAt: number | null } | null>(null);
  const [first, setFirst] = useState<First | null>(null);
  const [dropping, setDropping] = useState(false);
  if (shownId !== conversationId) {
    // Another conversation was opened: its own text, before anything is painted.
    setShownId(conversationId);
    setMode('reply');
    setInstead(null);
    setError(null);
    setStopped(null);
    setFirst(null);
  }
  const current = useRef(conversationId);
  useEffect(() => {
    current.current = conversationId;
  }, [conversationId]);
  const hintId = useId();
  const signalTyping = useTypingSignal(conversationId);
  const seen = useSeen(conversationId, me.id, items, isEmptyDraft(draft));
  const { sendDraft, sendContent } = useSend(detail);
  const isNote = mode === 'note';
  const lacking = useLackingConsent(detail);
  const suggest = useSuggest(detail, isNote);
  const closed = useWindowClosed(detail) && !isNote;
  const uploading = useUploads((state) =>
    state.pending.some((each) => each.conversationId === conversationId && each.state.kind === 'uploading'),
  );

  const { focus, shown } = useBoxFocus(textRef, onText);
  const turnTo = useCallback(
    (next: Mode) => {
      setMode(next);
      setInstead(null);
      focus();
    },
    [focus],
  );
  useRequests(conversationId, change, turnTo);

  // What is written is kept; nothing more joins the queue of a number that its provider has stopped.
  const suspended = detail.channel.health.state === 'suspended';
  const barred = suspended || detail.contact.restriction !== null;
  const value = isNote ? note : draft.text;
  const length = value.trim().length;
  const over = isNote ? 0 : length - capabilities.textLimit;
  const ready = isNote ? length > 0 : !barred && !isEmptyDraft(draft) && over <= 0 && !uploading;
  const templates = !isNote && !suspended && (closed || instead === 'templates');
  const files = !isNote && !templates && Object.keys(capabilities.uploads).length > 0;

  const write = (next: string): void => {
    setError(null);
    if (isNote) {
      setNote(next);
      return;
    }
    change({ text: next });
    signalTyping(next !== '');
  };
  const failed = (reason: unknown): void => {
    if (current.current === conversationId) setError(callWords(reason));
    else useNotices.getState().show(callWords(reason));
  };
  const attach = (chosen: ReadonlyArray<File>): void => {
    if (!files) {
      setError(isNote ? null : t('writing.attach.none'));
      return;
    }
    const { left } = addFiles(drafts, conversationId, capabilities, chosen);
    setError(left > 0 ? t('writing.attach.tooMany', { limit: MOST_FILES }) : null);
    focus();
  };
  const addNote = (): void => {
    const body = note.trim();
    setNote('');
    const mentions = mentionsIn(body, [...lookup.users.values()]);
    bridge.call('note.add', { conversationId, body, mentions }).then(onSent, (reason: unknown) => {
      setNote(note, true);
      failed(reason);
    });
  };
  const send = (sendAt: number | null, anyway: boolean, agreed?: string | null): void => {
    if (!ready) return;
    setError(null);
    if (isNote) {
      addNote();
      return;
    }
    const arrivals = anyway ? [] : seen.unseen(Date.now());
    if (arrivals.length > 0) {
      setStopped({ arrivals, sendAt });
      return;
    }
    setStopped(null);
    const purpose = agreed === undefined ? lacking(null) : null;
    if (purpose !== null) {
      setFirst({ purpose, what: { sendAt, anyway } });
      return;
    }
    setInstead(null);
    signalTyping(false);
    sendDraft(draft, seen.rev(), sendAt, agreed ?? null).then(() => {
      for (const { media } of draft.attachments) forgetPreview(media.id);
      if (current.current === conversationId) onSent();
    }, failed);
  };
  const sendOther = (content: MessageContent, agreed?: string | null): void => {
    const purpose = agreed === undefined ? lacking(content) : null;
    if (purpose !== null) {
      setFirst({ purpose, what: content });
      return;
    }
    setInstead(null);
    setError(null);
    sendContent(content, seen.rev(), agreed ?? null).then(onSent, failed);
    focus();
  };
  const insert = (emoji: string): void => {
    // The pane gives the focus back to its button with the next frame; the text takes it after that.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const box = textRef.current;
        if (box !== null) applyEdit(box, inserted(box.value, box.selectionStart, box.selectionEnd, emoji));
      }),
    );
  };
  const undo = (): void => {
    const { last } = useUndoSend.getState();
    if (last === null || last.conversationId !== conversationId) return;
    takeBack(bridge, drafts, last).catch(() => useNotices.getState().show(t('writing.undo.tooLate')));
  };
  const discard = (): void => {
    setStopped(null);
    for (const { media } of draft.attachments) {
      forgetPreview(media.id);
      // What cannot be forgotten now is swept later.
      bridge.call('attachment.discard', { mediaId: media.id }).catch(() => undefined);
    }
    change(EMPTY_DRAFT);
    focus();
  };
  // What the bar below does; its controls are heavy, and stay as they are while one types or opens another conversation.
  const bar = {
    attach: useStable(attach),
    insert: useStable(insert),
    toggle: useStable((what: Instead) => setInstead(instead === what ? null : what)),
    macro: useStable((id: string, title: string) => {
      void runMacro(bridge, [conversationId], id, () => t('writing.macros.ran', { title }));
    }),
    windowEnd: useStable(() => windowOf(detail.conversation, capabilities)?.endsAt ?? null),
    send: useStable((sendAt: number | null) => send(sendAt, false)),
  };
  const onDrag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDropping(event.type === 'dragover' && files);
    if (event.type === 'drop') attach([...event.dataTransfer.files]);
  };

  return (
    <div
      className={cx(styles['composer'], isNote && styles['noteMode'])}
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={onDrag}
    >
      <HeldBar detail={detail} items={items ?? []} onBack={() => turnTo('reply')} />
      <UndoBar conversationId={conversationId} onBack={() => turnTo('reply')} />
      {isNote || (closed && !suspended) ? null : <Condition detail={detail} />}
      <div className={styles['box']}>
        {templates ? (
          <>
            <TemplatesHead
              detail={detail}
              closed={closed}
              hasDraft={!isEmptyDraft(draft)}
              onBack={() => {
                setInstead(null);
                focus();
              }}
            />
            <TemplatePicker key={conversationId} detail={detail} onSend={(content) => sendOther(content)} />
          </>
        ) : instead === 'voice' && !suspended ? (
          <VoiceRecorder
            key={conversationId}
            capabilities={capabilities}
            onVoice={(media) => sendOther({ kind: 'voice', media })}
            onClose={(problem) => {
              setInstead(null);
              setError(problem);
              focus();
            }}
          />
        ) : (
          <>
            {isNote || draft.quotedMessageId === null ? null : (
              <QuoteBar
                messageId={draft.quotedMessageId}
                items={items ?? []}
                onRemove={() => {
                  change({ quotedMessageId: null });
                  focus();
                }}
              />
            )}
            {isNote ? null : (
              <Attachments
                conversationId={conversationId}
                capabilities={capabilities}
                draft={draft}
                onChange={change}
                onEmpty={focus}
              />
            )}
            {instead === 'preview' && !isNote ? (
              <div className={styles['preview']} role="group" aria-label={t('writing.format.previewLabel')}>
                {draft.text.trim() === '' ? (
                  t('writing.format.nothing')
                ) : (
                  <span className={styles['previewBubble']}>
                    <RichText body={draft.text.trim()} />
                  </span>
                )}
              </div>
            ) : null}
            <TextBox
              label={isNote ? t('inbox.composer.note') : t('inbox.composer.label')}
              hintId={hintId}
              placeholder={
                isNote
                  ? t('inbox.composer.notePlaceholder')
                  : t('inbox.composer.placeholder', { name: detail.contact.name })
              }
              value={value}
              onBox={shown}
              onChange={write}
              onEnter={() => send(null, false)}
              onBlur={() => drafts.flush(conversationId)}
              onFiles={attach}
              onUndo={undo}
              suggest={suggest}
            />
          </>
        )}
        <div className={styles['bar']}>
          <ModeSwitch mode={mode} onChange={turnTo} />
          {templates || (instead === 'voice' && !suspended) ? null : (
            <>
              <Toolbar
                files={Object.keys(capabilities.uploads).length > 0}
                voice={!suspended && takesVoice(capabilities)}
                templates={!suspended && capabilities.templates}
                note={isNote}
                previewing={instead === 'preview'}
                onFiles={bar.attach}
                onEmoji={bar.insert}
                onInstead={bar.toggle}
                onMacro={bar.macro}
              />
              <span id={hintId} className={styles['hint']}>
                <Hint note={isNote} length={length} limit={capabilities.textLimit} />
              </span>
              <SendButton note={isNote} ready={ready} windowEnd={bar.windowEnd} onSend={bar.send} />
            </>
          )}
        </div>
        {dropping ? (
          <div className={styles['drop']}>
            <Paperclip size={16} aria-hidden="true" />
            {t('writing.attach.drop')}
          </div>
        ) : null}
      </div>
      <div role="alert">
        {error === null ? null : (
          <p className={styles['error']}>
            <TriangleAlert size={14} aria-hidden="true" />
            {error}
          </p>
        )}
      </div>
      {first === null ? null : (
        <FirstWordsDialog
          detail={detail}
          purpose={first.purpose}
          onSend={(override) => {
            setFirst(null);
            if ('kind' in first.what) sendOther(first.what, override);
            else send(first.what.sendAt, first.what.anyway, override);
          }}
          onClose={() => setFirst(null)}
        />
      )}
      {stopped === null ? null : (
        <StopDialog
          arrivals={stopped.arrivals}
          onAnyway={() => send(stopped.sendAt, true)}
          onEdit={() => {
            setStopped(null);
            focus();
          }}
          onDiscard={discard}
        />
      )}
    </div>
  );
}
