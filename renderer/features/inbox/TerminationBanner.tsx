import { CalendarX2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { fullTime } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { useTermination } from '../../lib/queries/termination.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

/** The countdown to the end of the workspace. Nobody can put it away: what is here goes. */
export const TerminationBanner = memo(function TerminationBanner(): ReactNode {
  const { data } = useTermination();
  if (data === undefined || data.wipeAt === null) return null;
  const { wipeAt, daysLeft } = data;
  const time = fullTime(wipeAt);
  return (
    <aside aria-label={t('ending.section.title')}>
      <Banner
        tone="danger"
        icon={<CalendarX2 size={16} />}
        action={
          <Button
            size="small"
            variant="ghost"
            onPress={() => {
              window.location.hash = '#/settings/workspace';
            }}
          >
            {t('ending.banner.details')}
          </Button>
        }
      >
        {daysLeft === null || daysLeft === 0
          ? t('ending.banner.today', { time })
          : t('ending.banner.counting', { count: daysLeft, time })}
      </Banner>
    </aside>
  );
});
