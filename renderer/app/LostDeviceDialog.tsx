import type { ReactNode } from 'react';
import { useState } from 'react';
import type { AppState } from '../../shared/contract/state.ts';
import { t } from '../i18n/t.ts';
import { useBridge } from '../lib/bridge/context.ts';
import { callWords } from '../lib/callWords.ts';
import { useConnection } from '../lib/queries/hooks.ts';
import { useLostDevice } from '../lib/stores/lostDevice.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { DangerDialog } from '../ui/DangerDialog.tsx';

/** The second of the two actions: says what happens and what is lost, and does it. */
export function LostDeviceDialog({ phase }: { readonly phase: AppState['phase'] }): ReactNode {
  const bridge = useBridge();
  const { isOpen, close } = useLostDevice();
  const isShut = phase === 'locked' || phase === 'key_problem' || phase === 'cache_problem';
  const [wipe, setWipe] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const report = (): void => {
    if (busy) return;
    setBusy(true);
    setError(null);
    bridge
      .call('device.lost', { wipe })
      .then(close)
      .catch((reason: unknown) => setError(callWords(reason)))
      .finally(() => setBusy(false));
  };

  return (
    <DangerDialog
      title={t('security.lost.title')}
      isOpen={isOpen}
      onClose={close}
      cancelLabel={t('app.cancel')}
      actionLabel={t(wipe ? 'security.lost.confirmWipe' : 'security.lost.confirm')}
      isBusy={busy}
      onAction={report}
    >
      <p>{t(isShut ? 'security.lost.textShut' : 'security.lost.text')}</p>
      <Checkbox isSelected={wipe} onChange={setWipe}>
        {t('security.lost.wipe')}
      </Checkbox>
      {wipe ? (
        <p>
          {t('security.lost.wipeText')} {isShut ? null : <Unsent />}
        </p>
      ) : null}
      <div role="alert">{error}</div>
    </DangerDialog>
  );
}

function Unsent(): ReactNode {
  const unsent = useConnection()?.unsent ?? 0;
  return unsent > 0 ? t('security.lost.unsent', { count: unsent }) : null;
}
