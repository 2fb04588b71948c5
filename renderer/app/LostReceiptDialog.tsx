import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { LostReceipt } from '../../shared/contract/security.ts';
import { count, fileSize, fullTime, listOf } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useBridge } from '../lib/bridge/context.ts';
import { download } from '../lib/download.ts';
import { useLostDevice } from '../lib/stores/lostDevice.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** What was done about a lost device, or on the word of the gateway, on whatever screen that led to; until it is dismissed. */
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
  const save = (): void => {
    const day = new Date(receipt?.at ?? 0).toISOString().slice(0, 10);
    const blob = new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: 'application/json' });
    download(blob, `parley-wipe-receipt-${day}.json`);
  };
  return (
    <Dialog
      role="alertdialog"
      title={titleOf(receipt)}
      isOpen={receipt !== null && phase !== 'wiping'}
      onClose={dismiss}
      actions={
        <>
          {receipt?.wiped == null ? null : <Button onPress={save}>{t('ending.receipt.save')}</Button>}
          <Button variant="primary" onPress={dismiss}>
            {t('security.receipt.dismiss')}
          </Button>
        </>
      }
    >
      {receipt === null ? null : sentences(receipt).map((sentence) => <p key={sentence}>{sentence}</p>)}
    </Dialog>
  );
}

function titleOf(receipt: LostReceipt | null): string {
  if (receipt?.reason === 'remote') return t('ending.receipt.remoteTitle');
  if (receipt?.reason === 'terminated') return t('ending.receipt.terminatedTitle');
  return t('security.receipt.title');
}

function sentences({ at, reason, endedAt, wasOpen, wiped, reportedAt }: LostReceipt): string[] {
  const time = fullTime(at);
  const why =
    reason === 'lost'
      ? [
          t('security.receipt.at', { time }),
          endedAt === null
            ? t(wasOpen ? 'security.receipt.notEnded' : 'security.receipt.shut')
            : t('security.receipt.ended', { time: fullTime(endedAt) }),
        ]
      : [t(`ending.receipt.${reason}`, { time })];
  if (wiped === null) return [...why, t('security.receipt.locked')];
  const what =
    wiped.left.length > 0
      ? t('security.receipt.left', { names: listOf(wiped.left) })
      : t('security.receipt.wiped', { files: count(wiped.files), size: fileSize(wiped.bytes) });
  const scan =
    wiped.scan === null
      ? t('ending.receipt.noScan')
      : t('ending.receipt.scan', { samples: count(wiped.scan.samples), found: count(wiped.scan.found) });
  const told =
    reason !== 'remote'
      ? []
      : [
          reportedAt === null
            ? t('ending.receipt.notReported')
            : t('ending.receipt.reported', { time: fullTime(reportedAt) }),
        ];
  return [...why, what, scan, ...told];
}
