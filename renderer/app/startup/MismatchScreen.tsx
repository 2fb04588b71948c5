import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { Button } from '../../ui/Button.tsx';
import { Card, CardError, CardText } from './Card.tsx';
import { useAction } from './useAction.ts';

export interface MismatchScreenProps {
  readonly ours: number;
  readonly theirs: number | null;
  readonly unsent: number | null;
}

/** Parley and the gateway speak different versions: who has to be updated, and that nothing is lost. */
export function MismatchScreen({ ours, theirs, unsent }: MismatchScreenProps): ReactNode {
  const bridge = useBridge();
  const action = useAction();
  return (
    <Card
      icon={<Unplug size={18} />}
      title={t('startup.mismatch.title')}
      actions={
        <Button
          variant="primary"
          size="large"
          wide
          isPending={action.busy}
          onPress={() => action.run(() => bridge.call('connection.retry', {}))}
        >
          {t('startup.mismatch.action')}
        </Button>
      }
    >
      <CardText>
        {theirs === null
          ? t('startup.mismatch.unknown', { ours })
          : theirs > ours
            ? t('startup.mismatch.older', { ours, theirs })
            : t('startup.mismatch.newer', { ours, theirs })}
      </CardText>
      <CardText>
        {t('startup.mismatch.kept')}{' '}
        {unsent === null || unsent === 0 ? null : t('startup.mismatch.unsent', { count: unsent })}
      </CardText>
      <CardError>{action.error}</CardError>
    </Card>
  );
}
