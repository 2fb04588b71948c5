import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { LostReceipt } from '../../shared/contract/security.ts';
import { fileSize, fullTime } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useBridge } from '../lib/bridge/context.ts';
import { useLostDevice } from '../lib/stores/lostDevice.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** What was done about a lost device, on whatever screen that led to; until it is dismissed. */
export function LostReceiptDialog({ phase }: { readonly phase: string | undefined }): ReactNode {
  const bridge = useBridge();
  // Reported where the phase stays the same: asked again when the question is closed.
  const isAsked = useLostDevice((state) => state.isOpen);
  const [receipt, setReceipt] = useState<LostReceipt | null>(null);
  useEffect(() => {
    let current = true;
    bridge
      .call('device.receipt', {})
      // A bridge of a test answers nothing.
      .then((found) => {
        if (current) setReceipt(found !== null && 'at' in found ? found : null);
      })
      .catch(() => undefined); // There is another phase soon, which asks again.
    return () => {
      current = false;
    };
  }, [bridge, phase, isAsked]);
  const dismiss = (): void => {
    setReceipt(null);
    bridge.call('device.dismissReceipt', {}).catch(() => undefined); // It is shown once more, no harm done.
  };
  const wiped = receipt?.wiped ?? null;
  return (
    <Dialog
      role="alertdialog"
      title={t('security.receipt.title')}
      isOpen={receipt !== null}
      onClose={dismiss}
      actions={
        <Button variant="primary" onPress={dismiss}>
          {t('security.receipt.dismiss')}
        </Button>
      }
    >
      {receipt === null ? null : (
        <>
          <p>{t('security.receipt.at', { time: fullTime(receipt.at) })}</p>
          <p>
            {receipt.endedAt === null
              ? t(receipt.wasOpen ? 'security.receipt.notEnded' : 'security.receipt.shut')
              : t('security.receipt.ended', { time: fullTime(receipt.endedAt) })}
          </p>
          <p>
            {wiped === null
              ? t('security.receipt.locked')
              : wiped.left.length > 0
                ? t('security.receipt.left', { names: wiped.left.join(', ') })
                : t('security.receipt.wiped', { files: wiped.files, size: fileSize(wiped.bytes) })}
          </p>
        </>
      )}
    </Dialog>
  );
}
