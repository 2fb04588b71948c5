import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Row } from './Row.tsx';

/** Where the page runs in a browser, that has to allow notifications once. */
export function BrowserRow(): ReactNode {
  const [permission, setPermission] = useState(() =>
    window.parley !== undefined || typeof Notification === 'undefined' ? null : Notification.permission,
  );
  if (permission === null || permission === 'granted') return null;
  const denied = permission === 'denied';
  return (
    <Row
      isLabelled={false}
      title={t('settings.notifications.browser')}
      hint={t(denied ? 'settings.notifications.browserDenied' : 'settings.notifications.browserHint')}
    >
      {denied ? null : (
        <Button size="small" onPress={() => void Notification.requestPermission().then(setPermission)}>
          {t('settings.notifications.browserAsk')}
        </Button>
      )}
    </Row>
  );
}
