import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { Form, Present } from './Asked.tsx';
import styles from './Security.module.css';
import { useTask } from './useTask.ts';

type Step =
  | { readonly at: 'ask' }
  | { readonly at: 'show'; readonly groups: ReadonlyArray<string> }
  /** `group`: 0 is the first. The key is not on screen any more. */
  | { readonly at: 'test'; readonly group: number };

/** Makes the recovery key, shows it once for paper, and has a part of it typed back. */
export function RecoveryDialog({
  asks,
  replaces,
  onClose,
}: {
  readonly asks: boolean;
  readonly replaces: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const bridge = useBridge();
  const task = useTask();
  const [present, setPresent] = useState('');
  const [step, setStep] = useState<Step>({ at: 'ask' });
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);

  const make = (): void => {
    if (asks && present === '') return;
    task.run(() =>
      bridge.call('key.makeRecovery', { present: asks ? present : null }).then(({ groups }) => {
        setPresent('');
        setStep({ at: 'show', groups });
      }),
    );
  };
  const confirm = (): void => {
    if (step.at !== 'test') return;
    const { group } = step;
    task.run(() =>
      bridge.call('key.confirmRecovery', { group, typed }).then(({ right }) => {
        setWrong(!right);
        if (!right) return;
        useNotices.getState().tell(t('security.recovery.confirmed'), null);
        onClose();
      }),
    );
  };
  const next = (groups: ReadonlyArray<string>): void => {
    const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
    setStep({ at: 'test', group: random % groups.length });
  };

  if (step.at === 'ask') {
    return (
      <Dialog
        title={t('security.recovery.title')}
        isOpen
        onClose={onClose}
        actions={
          <>
            <Button onPress={onClose}>{t('app.cancel')}</Button>
            <Button
              variant="primary"
              isDisabled={asks && present === ''}
              isPending={task.busy}
              onPress={make}
            >
              {t('security.recovery.make')}
            </Button>
          </>
        }
      >
        <p>{t('security.recovery.text')}</p>
        {replaces ? <p>{t('security.recovery.replaces')}</p> : null}
        <Form onSubmit={make} error={task.error}>
          {asks ? <Present value={present} onChange={setPresent} /> : null}
        </Form>
      </Dialog>
    );
  }
  if (step.at === 'show') {
    const { groups } = step;
    return (
      <Dialog
        role="alertdialog"
        title={t('security.recovery.showTitle')}
        isOpen
        // A click beside it must not lose what is shown only once.
        onClose={() => undefined}
        actions={
          <>
            <Button icon={<Printer size={14} />} onPress={() => window.print()}>
              {t('security.recovery.print')}
            </Button>
            <Button variant="primary" onPress={() => next(groups)}>
              {t('security.recovery.written')}
            </Button>
          </>
        }
      >
        <p>{t('security.recovery.showText')}</p>
        {/* Read from left to right in every language, as it is typed. */}
        <ol className={styles['groups']} dir="ltr" aria-label={t('security.recovery.key')}>
          {groups.map((group, index) => (
            <li key={group + String(index)}>{group}</li>
          ))}
        </ol>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t('security.recovery.testTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('security.recovery.later')}</Button>
          <Button variant="primary" isDisabled={typed === ''} isPending={task.busy} onPress={confirm}>
            {t('security.recovery.check')}
          </Button>
        </>
      }
    >
      <p>{t('security.recovery.testText')}</p>
      <Form onSubmit={confirm} error={task.error}>
        <TextField
          label={t('security.recovery.group', { group: step.group + 1 })}
          mono
          autoComplete="off"
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setWrong(false);
          }}
          error={wrong ? t('security.recovery.testWrong', { group: step.group + 1 }) : undefined}
          startFocused
        />
      </Form>
    </Dialog>
  );
}
