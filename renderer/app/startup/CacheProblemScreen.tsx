import { CircleAlert, FolderLock, HardDrive, AppWindow, RefreshCcwDot, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AppState } from '../../../shared/contract/state.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { Button } from '../../ui/Button.tsx';
import { AtStake } from './AtStake.tsx';
import { Card, CardError, CardText } from './Card.tsx';
import { useAction } from './useAction.ts';

type State = Extract<AppState, { phase: 'cache_problem' }>;

/** What happened to the file with the messages, what will be done, and one button that does it. Nothing is deleted silently. */
export function CacheProblemScreen({
  state,
  onRestore,
}: {
  readonly state: State;
  /** Leads to the backups once there is a new file. */
  readonly onRestore: () => void;
}): ReactNode {
  const bridge = useBridge();
  const action = useAction();
  const { problem, recoverable } = state;
  const rebuilds = recoverable && (problem === 'damaged' || problem === 'wrong_key');
  const choice = recoverable && problem === 'newer';

  const recover = (how: 'retry' | 'rebuild'): void =>
    action.run(() => bridge.call('app.recover', { action: how }));

  return (
    <Card
      icon={<ProblemIcon problem={problem} />}
      title={t(`startup.cacheProblem.${problem}.title`)}
      actions={
        <>
          <Button
            variant="primary"
            size="large"
            wide
            isPending={action.busy}
            onPress={() => recover(rebuilds ? 'rebuild' : 'retry')}
          >
            {rebuilds || !(problem === 'damaged' || problem === 'wrong_key')
              ? t(`startup.cacheProblem.${problem}.action`)
              : t('app.retry')}
          </Button>
          {rebuilds ? (
            <Button
              size="large"
              wide
              isDisabled={action.busy}
              onPress={() => {
                onRestore();
                recover('rebuild');
              }}
            >
              {t('backup.offer.trouble')}
            </Button>
          ) : null}
          {choice ? (
            <Button size="large" wide isDisabled={action.busy} onPress={() => recover('rebuild')}>
              {t('startup.cacheProblem.newerRecoverable.rebuild')}
            </Button>
          ) : null}
        </>
      }
    >
      <CardText>
        {choice ? t('startup.cacheProblem.newerRecoverable.text') : t(`startup.cacheProblem.${problem}.text`)}
      </CardText>
      {problem === 'in_use' ? null : <AtStake unsent={state.unsent} />}
      <CardText>{t('startup.cacheProblem.file', { file: state.file })}</CardText>
      <CardError>{action.error}</CardError>
    </Card>
  );
}

function ProblemIcon({ problem }: { readonly problem: State['problem'] }): ReactNode {
  switch (problem) {
    case 'damaged':
    case 'wrong_key':
      return <TriangleAlert size={18} />;
    case 'newer':
      return <RefreshCcwDot size={18} />;
    case 'read_only':
      return <FolderLock size={18} />;
    case 'disk_full':
      return <HardDrive size={18} />;
    case 'in_use':
      return <AppWindow size={18} />;
    default:
      return <CircleAlert size={18} />;
  }
}
