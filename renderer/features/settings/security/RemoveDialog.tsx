import type { ReactNode } from 'react';
import { useState } from 'react';
import type { KeyStanding } from '../../../../shared/contract/security.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
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
    <Dialog
      role="alertdialog"
      title={t('security.key.removeTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="danger" isDisabled={!ready} isPending={task.busy} onPress={remove}>
            {t('security.key.remove')}
          </Button>
        </>
      }
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
    </Dialog>
  );
}
