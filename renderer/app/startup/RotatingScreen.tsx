import type { ReactNode } from 'react';
import type { AppState } from '../../../shared/contract/state.ts';
import { t } from '../../i18n/t.ts';
import { Progress } from '../../ui/Progress.tsx';
import { Card, CardText } from './Card.tsx';

/** While the key is changed nothing else is done; it may take a minute, and ending Parley does no harm. */
export function RotatingScreen({
  state,
}: {
  readonly state: Extract<AppState, { phase: 'rotating' }>;
}): ReactNode {
  const share = state.total === 0 ? 0 : state.done / state.total;
  // Copying is the smaller half of the work.
  const value = state.stage === 'copying' ? share * 0.3 : state.stage === 'encrypting' ? 0.5 : 0.95;
  return (
    <Card title={t('security.rotating.title')}>
      <CardText>{t(`security.rotating.${state.stage}`)}</CardText>
      <Progress label={t('security.rotating.title')} value={value} />
      <CardText>{t('security.rotating.safe')}</CardText>
    </Card>
  );
}
