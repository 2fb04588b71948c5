import { useEffect } from 'react';
import { count } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useSettings, useViews } from '../lib/queries/hooks.ts';
import { unreadCount } from './unreadCount.ts';

/** The window's title says how many conversations have something unread, of those that one wants to be told of. */
export function useTitle(): void {
  const views = useViews();
  const { rules } = useSettings().notifications;
  const unread = unreadCount(views ?? [], rules);
  useEffect(() => {
    document.title = unread === 0 ? t('app.name') : `(${count(unread)}) ${t('app.name')}`;
  }, [unread]);
  useEffect(
    () => () => {
      document.title = t('app.name');
    },
    [],
  );
}
