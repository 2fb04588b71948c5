import { CircleSlash, Clock, CloudOff, Lock, Send, TriangleAlert } from 'lucide-react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import { windowOf } from '../../../../shared/domain/conversation.ts';
import { count, timeLeft } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useConnection } from '../../../lib/queries/hooks.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import styles from './Composer.module.css';
import { useDrafts } from './drafts.ts';
import { useTypingSignal } from './useTypingSignal.ts';

type Mode = 'reply' | 'note';

export interface ComposerProps {
  readonly detail: ConversationDetail;
  readonly textRef: RefObject<HTMLTextAreaElement | null>;
  /** Told when the box appears and goes. */
  readonly onText: (element: HTMLTextAreaElement | null) => void;
  readonly onSent: () => void;
  readonly now: number;
}

/** Notes being written, by conversation. They leave this memory only when they are added. */
const notes = new Map<string, string>();

/** Where an answer or an internal note is written. It stays when another conversation is opened, and then shows that one's text. */
export function Composer({ detail, textRef, onText, onSent, now }: ComposerProps): ReactNode {
  const conversationId = detail.conversation.id;
  const { capabilities } = detail.channel;
  const bridge = useBridge();
  const drafts = useDrafts();
  const [shownId, setShownId] = useState(conversationId);
  const [mode, setMode] = useState<Mode>('reply');
  const [text, setText] = useState(() => drafts.open(conversationId, detail.draft?.text ?? null));
  const [note, setNote] = useState('');
  const [error, setError] = useState<string | null>(null);
  if (shownId !== conversationId) {
    // Another conversation was opened: its own text, before anything is painted.
    setShownId(conversationId);
    setMode('reply');
    setText(drafts.open(conversationId, detail.draft?.text ?? null));
    setNote(notes.get(conversationId) ?? '');
    setError(null);
  }
  const current = useRef(conversationId);
  useEffect(() => {
    current.current = conversationId;
  }, [conversationId]);
  const signalTyping = useTypingSignal(conversationId);
  const hintId = useId();

  useEffect(() => () => drafts.flush(conversationId), [drafts, conversationId]);

  const value = mode === 'reply' ? text : note;
  const body = value.trim();
  const over = mode === 'reply' ? body.length - capabilities.textLimit : 0;
  const ready = body !== '' && over <= 0;

  const change = (next: string): void => {
    setError(null);
    if (mode === 'note') {
      setNote(next);
      notes.set(conversationId, next);
      return;
    }
    setText(next);
    drafts.type(conversationId, next);
    signalTyping(next !== '');
  };

  const send = (): void => {
    if (!ready) return;
    setError(null);
    if (mode === 'note') {
      setNote('');
      notes.delete(conversationId);
      bridge.call('note.add', { conversationId, body, mentions: [] }).then(onSent, (reason: unknown) => {
        if (!notes.has(conversationId)) notes.set(conversationId, value);
        if (current.current !== conversationId) return;
        setNote((now) => (now === '' ? value : now));
        setError(callWords(reason));
      });
      return;
    }
    setText('');
    signalTyping(false);
    drafts.hold(conversationId);
    bridge
      .call('message.send', {
        conversationId,
        content: { kind: 'text', body },
        quotedMessageId: null,
        sendAt: null,
        seenRev: null,
      })
      .then(
        () => {
          drafts.sent(conversationId);
          onSent();
        },
        (reason: unknown) => {
          // Nothing that was written is lost: it goes back into the box unless the writer has gone on.
          drafts.restore(conversationId, value);
          if (current.current !== conversationId) return;
          setText((now) => (now === '' ? value : now));
          setError(callWords(reason));
        },
      );
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method is composing, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <div className={cx(styles['composer'], mode === 'note' && styles['noteMode'])}>
      <Condition detail={detail} now={now} mode={mode} />
      <div className={styles['box']}>
        <textarea
          ref={onText}
          className={styles['text']}
          aria-label={mode === 'reply' ? t('inbox.composer.label') : t('inbox.composer.note')}
          aria-describedby={hintId}
          placeholder={
            mode === 'reply'
              ? t('inbox.composer.placeholder', { name: detail.contact.name })
              : t('inbox.composer.notePlaceholder')
          }
          value={value}
          dir="auto"
          rows={1}
          spellCheck
          autoComplete="off"
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={() => drafts.flush(conversationId)}
        />
        <div className={styles['bar']}>
          <Segmented
            label={t('inbox.composer.mode')}
            value={mode}
            segments={[
              { value: 'reply', label: t('inbox.composer.reply') },
              { value: 'note', label: t('inbox.composer.note'), icon: <Lock size={12} aria-hidden="true" /> },
            ]}
            onChange={(next) => {
              setMode(next);
              textRef.current?.focus();
            }}
          />
          <span id={hintId} className={styles['hint']}>
            {over > 0 ? (
              <span className={styles['over']}>
                <CircleSlash size={12} aria-hidden="true" />
                {t('inbox.composer.tooLong', { count: over, limit: count(capabilities.textLimit) })}
              </span>
            ) : mode === 'note' ? (
              t('inbox.composer.noteHint')
            ) : body.length > capabilities.textLimit * 0.9 ? (
              t('inbox.composer.left', { count: capabilities.textLimit - body.length })
            ) : (
              t('inbox.composer.hint')
            )}
          </span>
          <Button
            variant={ready ? 'primary' : 'secondary'}
            isDisabled={!ready}
            onPress={send}
            icon={mode === 'reply' ? <Send size={14} className={styles['flip']} /> : <Lock size={14} />}
          >
            {mode === 'reply' ? t('inbox.composer.send') : t('inbox.composer.addNote')}
          </Button>
        </div>
      </div>
      <div role="alert">
        {error === null ? null : (
          <p className={styles['error']}>
            <TriangleAlert size={14} aria-hidden="true" />
            {error}
          </p>
        )}
      </div>
    </div>
  );
}

interface ConditionProps {
  readonly detail: ConversationDetail;
  readonly now: number;
  readonly mode: Mode;
}

/** What the writer should know before writing: window, blocked, suspended, offline. One line, the weightiest. */
function Condition({ detail, now, mode }: ConditionProps): ReactNode {
  const connection = useConnection();
  if (mode === 'note') return null;
  const { channel, contact, conversation } = detail;
  const { health } = channel;
  const window = windowOf(conversation, channel.capabilities);
  const left = window === null ? null : window.endsAt - now;

  if (health.state === 'suspended' || health.state === 'restricted') {
    return (
      <p className={cx(styles['condition'], styles['stop'])}>
        <TriangleAlert size={14} aria-hidden="true" />
        {t(`inbox.composer.${health.state}`, { source: health.source })}
      </p>
    );
  }
  if (contact.blocked) {
    return (
      <p className={cx(styles['condition'], styles['stop'])}>
        <CircleSlash size={14} aria-hidden="true" />
        {t('inbox.composer.blocked')}
      </p>
    );
  }
  if (left !== null && left <= 0) {
    return (
      <p className={cx(styles['condition'], styles['stop'])}>
        <Clock size={14} aria-hidden="true" />
        {t('inbox.composer.windowClosed')}
      </p>
    );
  }
  if (connection?.connection.state === 'offline') {
    return (
      <p className={styles['condition']}>
        <CloudOff size={14} aria-hidden="true" />
        {t('inbox.composer.offline')}
      </p>
    );
  }
  if (left === null || window === null) return null;
  return (
    <p className={styles['condition']}>
      <Clock size={14} aria-hidden="true" />
      {t('inbox.composer.windowLeft', { time: timeLeft(left) ?? t('inbox.list.window.underMinute') })}
      {window.estimated ? <span>({t('inbox.composer.estimated')})</span> : null}
    </p>
  );
}
