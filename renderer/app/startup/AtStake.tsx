import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { CardText } from './Card.tsx';

/** How much of what the user wrote hangs on this. Says nothing when nothing does. */
export function AtStake({ unsent }: { readonly unsent: number | null }): ReactNode {
  if (unsent === 0) return null;
  return (
    <CardText>
      {unsent === null ? t('startup.atStakeUnknown') : t('startup.atStake', { count: unsent })}
    </CardText>
  );
}
