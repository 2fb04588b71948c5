import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useReady } from '../../../lib/queries/hooks.ts';
import { keys } from '../../../lib/queries/keys.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { DateTimeField } from '../../../ui/DateTimeField.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { TypedNameField } from '../../../ui/TypedNameField.tsx';
import styles from './Termination.module.css';

/** Says what is lost on every device, and wants the name of the workspace typed. It exists only while it is open. */
export function AnnounceDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const { workspace } = useReady();
  const [when, setWhen] = useState('');
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  // The platform's picker speaks local time.
  const endsAt = when === '' ? Number.NaN : new Date(when).getTime();
  const noDate = !Number.isFinite(endsAt) || endsAt < 0;
  const wrongName = typed.trim() !== workspace.name.trim();

  const announce = (): void => {
    setTried(true);
    if (busy || noDate || wrongName) return;
    setBusy(true);
    const { show, tell } = useNotices.getState();
    bridge
      .call('termination.begin', { endsAt })
      .then(
        () => {
          tell(t('ending.section.begun'), null);
          onClose();
        },
        (error: unknown) => {
          setBusy(false);
          show(callWords(error));
        },
      )
      .finally(() => void client.invalidateQueries({ queryKey: keys.termination }));
  };

  return (
    <DangerDialog
      title={t('ending.ask.title', { name: workspace.name })}
      isOpen
      onClose={onClose}
      cancelLabel={t('app.cancel')}
      actionLabel={t('ending.ask.save')}
      isBusy={busy}
      onAction={announce}
    >
      <p>{t('ending.ask.lost')}</p>
      <p className={styles['quiet']}>{t('ending.ask.stays')}</p>
      <DateTimeField
        label={t('ending.ask.when')}
        description={t('ending.ask.whenHelp')}
        error={tried && noDate ? t('ending.ask.missing') : undefined}
        value={when}
        onChange={setWhen}
      />
      <TypedNameField
        label={t('ending.ask.type', { name: workspace.name })}
        error={tried && wrongName ? t('ending.ask.wrong') : undefined}
        startFocused={false}
        value={typed}
        onChange={setTyped}
      />
    </DangerDialog>
  );
}
