import { useQueryClient } from '@tanstack/react-query';
import { HardDriveDownload, ScrollText, ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo, useEffect } from 'react';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { breachClock } from '../../../shared/domain/policy-clocks.ts';
import type { PolicyNotice } from '../../../shared/domain/policy-change.ts';
import { policyNotice, showsNotice } from '../../../shared/domain/policy-change.ts';
import { effectiveRetention } from '../../../shared/domain/retention.ts';
import { dayAndTime, fullTime, timeLeft } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { keys } from '../../lib/queries/keys.ts';
import { useRetention } from '../../lib/queries/retention.ts';
import { useNow } from '../../lib/useNow.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

type Read = { version: number; state: PolicyNotice['state'] };

/** Numbers of versions and ids of notices that were read: no contents, so plain localStorage. */
const useRead = create<{ read: Read | null; breaches: string[] }>()(
  persist((): { read: Read | null; breaches: string[] } => ({ read: null, breaches: [] }), {
    name: 'parley.promises',
    storage: createJSONStorage(() => localStorage),
  }),
);

/** What a gateway has to tell everybody: a breach with its clock, a change of its policy; and that nothing is kept here. */
export const PromiseBanners = memo(function PromiseBanners(): ReactNode {
  const { data } = useRetention();
  const client = useQueryClient();
  const { read, breaches: seen } = useRead();
  const now = useNow(60_000);
  const policy = data?.policy ?? null;
  const isOff =
    data !== undefined &&
    policy !== null &&
    effectiveRetention({ policy, workspace: data.workspace, device: data.device }).storage.value === 'off';
  useEffect(() => {
    if (!isOff) return undefined;
    const ask = (event: BeforeUnloadEvent): void => {
      const unsent = client.getQueryData<{ unsent: number }>(keys.connection)?.unsent ?? 0;
      if (unsent > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isOff, client]);
  if (data === undefined || policy === null) return null;
  const versions = [...new Map(data.versions.toReversed().map((each) => [each.version, each])).values()];
  const [after, before] = versions.toSorted((a, b) => b.version - a.version);
  const notice =
    after === undefined || before === undefined ? null : policyNotice(before, after, now, data.timeZone);
  const breaches = data.breaches.filter(({ id }) => !seen.includes(id));
  const shown = notice !== null && showsNotice(notice, read) ? notice : null;
  if (breaches.length === 0 && shown === null && !isOff) return null;
  const look = (
    <Button
      size="small"
      variant="ghost"
      onPress={() => {
        window.location.hash = '#/settings/workspace';
      }}
    >
      {t('retention.banner.look')}
    </Button>
  );
  return (
    <aside aria-label={t('settings.section.workspace')}>
      {breaches.map((each) => {
        const clock = breachClock(policy, each, now);
        return (
          <Banner
            key={each.id}
            tone="danger"
            icon={<ShieldAlert size={16} />}
            action={
              <>
                {look}
                <Button
                  size="small"
                  variant="ghost"
                  onPress={() => useRead.setState({ breaches: [...seen, each.id] })}
                >
                  {t('retention.banner.read')}
                </Button>
              </>
            }
          >
            {t('retention.banner.breach')}{' '}
            {!clock.stated
              ? t('retention.promises.breachOpen')
              : clock.overdue
                ? t('retention.promises.breachOver', { time: fullTime(clock.dueAt) })
                : t('retention.promises.breachDue', {
                    left: timeLeft(clock.leftMs) ?? '',
                    time: fullTime(clock.dueAt),
                  })}
          </Banner>
        );
      })}
      {shown === null ? null : (
        <Banner
          tone="warn"
          icon={<ScrollText size={16} />}
          action={
            <>
              {look}
              <Button
                size="small"
                variant="ghost"
                onPress={() => useRead.setState({ read: { version: shown.toVersion, state: shown.state } })}
              >
                {t('retention.banner.read')}
              </Button>
            </>
          }
        >
          {t('retention.banner.change', { day: dayAndTime(shown.effectiveAt) })}
        </Banner>
      )}
      {isOff ? (
        <Banner tone="neutral" icon={<HardDriveDownload size={16} />}>
          {t('retention.banner.notKept')}
        </Banner>
      ) : null}
    </aside>
  );
});
