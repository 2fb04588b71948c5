import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { useLostDevice } from '../../lib/stores/lostDevice.ts';
import { Button } from '../../ui/Button.tsx';

/** The first of the two actions by which a lost device is reported, on screens before the inbox. */
export function LostLink(): ReactNode {
  const open = useLostDevice((state) => state.open);
  return (
    <Button variant="ghost" wide onPress={open}>
      {t('security.lost.group')}
    </Button>
  );
}
