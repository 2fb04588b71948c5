import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

/** A screen that threw. Data are safe in the main process, so starting the page again is always allowed. */
export function PaneError(): ReactNode {
  return (
    <EmptyState
      icon={<CircleAlert size={24} />}
      text={`${t('app.error.title')}. ${t('app.error.text')}`}
      action={
        <Button variant="primary" onPress={() => window.location.reload()}>
          {t('app.error.reload')}
        </Button>
      }
    />
  );
}
