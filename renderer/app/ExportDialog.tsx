import { Braces, FileText, Globe } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationExportFormat } from '../../shared/contract/backup.ts';
import { ConversationExportFormat as Formats } from '../../shared/contract/backup.ts';
import { count } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useBridge } from '../lib/bridge/context.ts';
import { callWords } from '../lib/callWords.ts';
import { downloadTicket } from '../lib/download.ts';
import type { ExportScope } from '../lib/stores/exporting.ts';
import { useExporting } from '../lib/stores/exporting.ts';
import { useNotices } from '../lib/stores/notices.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Progress } from '../ui/Progress.tsx';
import { RadioCards } from '../ui/RadioCards.tsx';
import styles from './ExportDialog.module.css';

interface UnderWay {
  readonly ticket: string;
  readonly done: number;
  readonly total: number;
  /** Said at the end. */
  readonly words: string;
}

/** Conversations as a file: in which form, how far it is, and stopped. */
export function ExportDialog(): ReactNode {
  const { scope, close } = useExporting();
  return scope === null ? null : <Asking key={JSON.stringify(scope)} scope={scope} onClose={close} />;
}

function Asking({
  scope,
  onClose,
}: {
  readonly scope: ExportScope;
  readonly onClose: () => void;
}): ReactNode {
  const bridge = useBridge();
  const [format, setFormat] = useState<ConversationExportFormat>('html');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [underWay, setUnderWay] = useState<UnderWay | null>(null);
  // What is told about it may come before the page is drawn again.
  const current = useRef<UnderWay | null>(null);
  const follow = useCallback((next: UnderWay | null): void => {
    current.current = next;
    setUnderWay(next);
  }, []);

  useEffect(
    () =>
      bridge.on('export', ({ ticket, done, total, end }) => {
        const running = current.current;
        if (running?.ticket !== ticket) return;
        if (end === null) follow({ ...running, done, total });
        else if (end === 'whole') {
          onClose();
          useNotices.getState().tell(running.words, null);
        } else {
          follow(null);
          setError(t(`backup.export.${end}`));
        }
      }),
    [bridge, follow, onClose],
  );

  const start = (): void => {
    setBusy(true);
    setError(null);
    bridge
      .call('conversations.export', { scope, format })
      .then(({ ticket, fileName, conversations, restricted }) => {
        const words: string[] = [t('backup.export.done', { count: conversations })];
        if (restricted > 0) words.push(t('backup.export.restricted', { count: restricted }));
        follow({ ticket, done: 0, total: conversations, words: words.join(' ') });
        downloadTicket(ticket, fileName);
      })
      .catch((reason: unknown) => setError(callWords(reason)))
      .finally(() => setBusy(false));
  };
  const stop = (): void => {
    if (underWay === null) return;
    bridge
      .call('conversations.stopExport', { ticket: underWay.ticket })
      .catch((reason: unknown) => setError(callWords(reason)));
  };

  return (
    <Dialog
      title={t('backup.export.title')}
      isOpen
      onClose={underWay === null ? onClose : stop}
      actions={
        underWay === null ? (
          <>
            <Button onPress={onClose}>{t('app.cancel')}</Button>
            <Button variant="primary" isPending={busy} onPress={start}>
              {t('backup.export.start')}
            </Button>
          </>
        ) : (
          <Button onPress={stop}>{t('backup.export.stop')}</Button>
        )
      }
    >
      <div className={styles['question']}>
        <p className={styles['scope']}>{scopeWords(scope)}</p>
        <p>{t('backup.export.question')}</p>
        {underWay === null ? (
          <RadioCards
            label={t('backup.export.format')}
            value={format}
            cards={Formats.options.map((value) => ({ value, ...CARDS[value]() }))}
            onChange={setFormat}
          />
        ) : (
          <div className={styles['progress']}>
            <span>
              {t('backup.export.running')} <bdi>{`${count(underWay.done)} / ${count(underWay.total)}`}</bdi>
            </span>
            <Progress
              label={t('backup.export.running')}
              value={underWay.total === 0 ? null : underWay.done / underWay.total}
            />
          </div>
        )}
        <div role="alert">{error}</div>
      </div>
    </Dialog>
  );
}

const CARDS: Record<ConversationExportFormat, () => { title: string; text: string; icon: ReactNode }> = {
  html: () => ({
    title: t('backup.export.html'),
    text: t('backup.export.htmlText'),
    icon: <Globe size={16} />,
  }),
  text: () => ({
    title: t('backup.export.plain'),
    text: t('backup.export.plainText'),
    icon: <FileText size={16} />,
  }),
  json: () => ({
    title: t('backup.export.json'),
    text: t('backup.export.jsonText'),
    icon: <Braces size={16} />,
  }),
};

function scopeWords(scope: ExportScope): string {
  if ('conversationIds' in scope) return t('backup.export.these', { count: scope.conversationIds.length });
  return t('backup.export.all');
}
