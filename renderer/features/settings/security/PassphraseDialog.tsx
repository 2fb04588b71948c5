import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { Form, Present } from './Asked.tsx';
import { useTask } from './useTask.ts';

/** Characters; the main process has the last word. */
const LEAST = 10;

/** Sets a passphrase, or changes the one there is. */
export function PassphraseDialog({
  has,
  onClose,
}: {
  readonly has: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const bridge = useBridge();
  const task = useTask();
  const [present, setPresent] = useState('');
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [tried, setTried] = useState(false);
  const short = Array.from(first).length < LEAST;
  const save = (): void => {
    setTried(true);
    if (short || first !== second) return;
    const input = { mode: 'passphrase', passphrase: first, acceptWeak: false } as const;
    task.run(() =>
      bridge.call('key.keep', { ...input, present: has ? present : null }).then(() => {
        useNotices.getState().tell(t('security.key.saved'), null);
        onClose();
      }),
    );
  };
  return (
    <Dialog
      title={t(has ? 'security.key.changeTitle' : 'security.key.setTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isPending={task.busy} onPress={save}>
            {t(has ? 'security.key.change' : 'security.key.set')}
          </Button>
        </>
      }
    >
      <p>{t('security.key.setText')}</p>
      <Form onSubmit={save} error={task.error}>
        {has ? <Present value={present} onChange={setPresent} /> : null}
        <TextField
          label={t('startup.key.newPassphrase')}
          type="password"
          autoComplete="new-password"
          description={t('startup.key.rule')}
          value={first}
          onChange={setFirst}
          error={tried && short ? t('startup.key.tooShort') : undefined}
          startFocused={!has}
        />
        <TextField
          label={t('startup.key.repeat')}
          type="password"
          autoComplete="new-password"
          value={second}
          onChange={setSecond}
          error={tried && !short && first !== second ? t('startup.key.different') : undefined}
        />
      </Form>
    </Dialog>
  );
}
