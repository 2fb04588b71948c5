import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { TypedNameField } from '../../../ui/TypedNameField.tsx';
import type { ListedDevice } from './Devices.tsx';
import styles from './Devices.module.css';

export interface WipeDialogProps {
  readonly device: ListedDevice;
  readonly onClose: () => void;
  /** The list is another. */
  readonly onDone: () => void;
}

/** Says what is lost on the other device, and wants its name typed. It exists only while it is open. */
export function WipeDialog({ device, onClose, onDone }: WipeDialogProps): ReactNode {
  const bridge = useBridge();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const { name } = device;
  const wrongName = typed.trim() !== name.trim();

  const wipe = (): void => {
    setTried(true);
    if (busy || wrongName) return;
    setBusy(true);
    const { show, tell } = useNotices.getState();
    bridge
      .call('session.wipeDevice', { deviceId: device.id })
      .then(
        () => {
          tell(t('ending.devices.asked', { name }), null);
          onClose();
        },
        (error: unknown) => {
          setBusy(false);
          show(callWords(error));
        },
      )
      .finally(onDone);
  };

  return (
    <DangerDialog
      title={t('ending.devices.title', { name })}
      isOpen
      onClose={onClose}
      cancelLabel={t('app.cancel')}
      actionLabel={t('ending.devices.save')}
      isBusy={busy}
      onAction={wipe}
    >
      {device.user === null ? null : (
        <p>
          <bdi>{device.user.name}</bdi>
        </p>
      )}
      <p>{t('ending.devices.lost')}</p>
      <p className={styles['text']}>{t('ending.devices.waits')}</p>
      <TypedNameField
        label={t('ending.devices.type', { name })}
        error={tried && wrongName ? t('ending.devices.wrong') : undefined}
        startFocused={false}
        value={typed}
        onChange={setTyped}
      />
    </DangerDialog>
  );
}
