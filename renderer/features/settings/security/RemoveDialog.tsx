import type { ReactNode } from 'react';
import { useState } from 'react';
import type { KeyStanding } from '../../../../shared/contract/security.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { Form, Present } from './Asked.tsx';
import { useTask } from './useTask.ts';

/** Takes the passphrase away: the keychain keeps the key, or knowingly a plain file. */
export function RemoveDialog({
  options,
  onClose,
}: {
  readonly options: KeyStanding['options'];
  readonly onClose: () => void;
}): ReactNode {
  const bridge = useBridge();
  const task = useTask();
  const [present, setPresent] = useState('');
  const [accepted, setAccepted] = useState(false);
  const keychain = options.some((option) => option.mode === 'keychain' && !option.weak);
  const ready = present !== '' && (keychain || accepted);
  const remove = (): void => {
    if (!ready) return;
    const mode = keychain ? 'keychain' : 'file';
    task.run(() =>
      bridge.call('key.keep', { mode, passphrase: null, acceptWeak: false, present }).then(() => {
        useNotices.getState().tell(t('security.key.removed'), null);
        onClose();
      }),
    );
  };
  return (
    <DangerDialog
      title={t('security.key.removeTitle')}
      isOpen
      onClose={onClose}
      cancelLabel={t('app.cancel')}
      actionLabel={t('security.key.remove')}
      isDisabled={!ready}
      isBusy={task.busy}
      onAction={remove}
    >
      <p>{t(keychain ? 'security.key.removeToKeychain' : 'security.key.removeToFile')}</p>
      <Form onSubmit={remove} error={task.error}>
        <Present value={present} onChange={setPresent} />
        {keychain ? null : (
          <Checkbox isSelected={accepted} onChange={setAccepted}>
            {t('startup.key.file.accept')}
          </Checkbox>
        )}
      </Form>
    </DangerDialog>
  );
}
