import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Form, Present } from './Asked.tsx';
import { useTask } from './useTask.ts';

/** Asks before the key is changed; what happens then has a screen of its own. */
export function RotateDialog({
  asks,
  onClose,
}: {
  readonly asks: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const bridge = useBridge();
  const task = useTask();
  const [present, setPresent] = useState('');
  const rotate = (): void => {
    if (asks && present === '') return;
    task.run(() => bridge.call('key.rotate', { present: asks ? present : null }).then(onClose));
  };
  return (
    <Dialog
      title={t('security.rotate.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={asks && present === ''}
            isPending={task.busy}
            onPress={rotate}
          >
            {t('security.rotate.open')}
          </Button>
        </>
      }
    >
      <p>{t('security.rotate.text')}</p>
      <Form onSubmit={rotate} error={task.error}>
        {asks ? <Present value={present} onChange={setPresent} /> : null}
      </Form>
    </Dialog>
  );
}
