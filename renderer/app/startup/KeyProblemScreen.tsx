import { KeyRound, ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { CallInput } from '../../../shared/contract/calls.ts';
import type { AppState } from '../../../shared/contract/state.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { Button } from '../../ui/Button.tsx';
import { DangerDialog } from '../../ui/DangerDialog.tsx';
import { AtStake } from './AtStake.tsx';
import { Card, CardError, CardText, CardWarning } from './Card.tsx';
import { RecoveryScreen } from './RecoveryScreen.tsx';
import { useAction } from './useAction.ts';

type State = Extract<AppState, { phase: 'key_problem' }>;
type Resolution = CallInput<'key.resolve'>['action'];

/** What the two buttons of each problem do, the one to prefer first. */
const RESOLUTIONS: Readonly<Record<State['problem'], readonly [Resolution, Resolution]>> = {
  weak_backend: ['retry', 'accept_weak'],
  missing_key: ['start_over', 'retry'],
  changed_backend: ['retry', 'start_over'],
  undecryptable: ['retry', 'start_over'],
  exposed_key_file: ['retry', 'start_over'],
};

/** Each problem of the key says what is wrong and what to do. Starting anew asks once more, because unsent messages go with it. */
export function KeyProblemScreen({ state }: { readonly state: State }): ReactNode {
  const bridge = useBridge();
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const [recovering, setRecovering] = useState(false);
  const { problem } = state;
  const backend = state.backend ?? t('startup.keyProblem.unknownBackend');
  const previous = state.previousBackend ?? t('startup.keyProblem.unknownBackend');

  const resolve = (resolution: Resolution): void =>
    action.run(() => bridge.call('key.resolve', { action: resolution }));
  const press = (resolution: Resolution): void => {
    if (resolution === 'start_over') setAsking(true);
    else resolve(resolution);
  };
  const [main, second] = RESOLUTIONS[problem];
  if (recovering) return <RecoveryScreen onBack={() => setRecovering(false)} />;

  return (
    <Card
      icon={
        problem === 'weak_backend' || problem === 'exposed_key_file' ? (
          <ShieldAlert size={18} />
        ) : (
          <KeyRound size={18} />
        )
      }
      title={t(`startup.keyProblem.${problem}.title`)}
      actions={
        <>
          <Button variant="primary" size="large" wide isPending={action.busy} onPress={() => press(main)}>
            {t(`startup.keyProblem.${problem}.action`)}
          </Button>
          <Button size="large" wide isDisabled={action.busy} onPress={() => press(second)}>
            {t(`startup.keyProblem.${problem}.second`)}
          </Button>
          {state.recovery ? (
            <Button variant="ghost" wide isDisabled={action.busy} onPress={() => setRecovering(true)}>
              {t('security.recovery.use')}
            </Button>
          ) : null}
        </>
      }
    >
      <CardText>{t(`startup.keyProblem.${problem}.text`, { backend, previous })}</CardText>
      {problem === 'weak_backend' ? (
        <CardWarning title={t('startup.key.file.warningTitle')}>{t('startup.key.file.warning')}</CardWarning>
      ) : (
        <AtStake unsent={state.unsent} />
      )}
      <CardError>{action.error}</CardError>
      <DangerDialog
        title={t('startup.keyProblem.startOver.title')}
        isOpen={asking}
        onClose={() => setAsking(false)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('startup.keyProblem.startOver.confirm')}
        onAction={() => {
          setAsking(false);
          resolve('start_over');
        }}
      >
        {t('startup.keyProblem.startOver.text')}
      </DangerDialog>
    </Card>
  );
}
