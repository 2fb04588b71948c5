import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Button } from '../../../ui/Button.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import styles from './Bars.module.css';
import { useDrafts } from './drafts.ts';
import { takeBack, useUndoSend } from './undoSend.ts';

export interface UndoBarProps {
  readonly conversationId: string;
  /** What was written is back in the box of this conversation. */
  readonly onBack: () => void;
}

/** "Sending… Undo", as long as the last message has not left this machine. */
export function UndoBar({ conversationId, onBack }: UndoBarProps): ReactNode {
  const send = useUndoSend((state) => state.last);
  const now = useNow(send === null ? null : 250);
  const bridge = useBridge();
  const drafts = useDrafts();
  const until = send?.until ?? null;

  useEffect(() => {
    if (send === null) return undefined;
    const timer = setTimeout(() => useUndoSend.getState().forget(send), Math.max(0, send.until - Date.now()));
    return () => clearTimeout(timer);
  }, [send]);

  if (send === null || until === null) return null;
  const seconds = Math.max(1, Math.ceil((until - now) / 1000));
  const here = send.conversationId === conversationId;
  const undo = (): void => {
    takeBack(bridge, drafts, send).then(
      () => {
        if (here) onBack();
      },
      () => useNotices.getState().show(t('writing.undo.tooLate')),
    );
  };
  return (
    <div className={styles['bar']} data-undo-send="">
      <Spinner />
      <span className={styles['text']} role="status">
        {here ? t('writing.undo.sending') : t('writing.undo.sendingTo', { name: send.name })}
      </span>
      <span className={styles['numbers']} aria-hidden="true">
        {t('writing.undo.seconds', { count: seconds })}
      </span>
      <Button size="small" icon={<Undo2 size={12} />} onPress={undo}>
        {t('writing.undo.undo')}
      </Button>
    </div>
  );
}
