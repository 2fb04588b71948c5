import { useQuery } from '@tanstack/react-query';
import { HardDriveDownload, KeyRound, ScrollText, ShieldAlert, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { breachClock } from '../../../shared/domain/policy-clocks.ts';
import type { PolicyNotice } from '../../../shared/domain/policy-change.ts';
import { policyNotice, showsNotice } from '../../../shared/domain/policy-change.ts';
import { effectiveRetention } from '../../../shared/domain/retention.ts';
import { count, dayAndTime, fullTime, timeLeft } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { useConnection } from '../../lib/queries/hooks.ts';
import { keys } from '../../lib/queries/keys.ts';
import { useRetention } from '../../lib/queries/retention.ts';
import { useNow } from '../../lib/useNow.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

/** The gateway could be reached and speaks an older TLS than it promised: why there is no connection. */
function Refusal(): ReactNode {
  const bridge = useBridge();
  const isOffline = useConnection()?.connection.state === 'offline';
  const { data } = useQuery({
    queryKey: keys.refusal,
    queryFn: () => bridge.call('connection.refusal', {}),
    enabled: isOffline,
    refetchOnMount: 'always',
  });
  const tls = isOffline ? (data?.tls ?? null) : null;
  return tls === null ? null : (
    <aside aria-label={t('trust.tls.title')}>
      <Banner tone="danger" icon={<Unplug size={16} />}>
        {t('trust.tls.refused', { spoken: tls.spoken.replace('v', ' '), promised: `TLS ${tls.promised}` })}
      </Banner>
    </aside>
  );
}

type Read = { version: number; state: PolicyNotice['state'] };

interface Seen {
  readonly read: Read | null;
  readonly breaches: string[];
  /** The doubt about a version that was read. */
  readonly doubt: string | null;
}

/** Numbers of versions and ids of notices that were read: no contents, so plain localStorage. */
const useRead = create<Seen>()(
  persist((): Seen => ({ read: null, breaches: [], doubt: null }), {
    name: 'parley.promises',
    storage: createJSONStorage(() => localStorage),
  }),
);

/** What a gateway has to tell everybody: a breach with its clock, a change of its policy; and that nothing is kept here. */
export const PromiseBanners = memo(function PromiseBanners(): ReactNode {
  const { data } = useRetention();
  const { read, breaches: seen, doubt: doubtRead } = useRead();
  const now = useNow(60_000);
  const policy = data?.policy ?? null;
  const isOff =
    data !== undefined &&
    policy !== null &&
    effectiveRetention({ policy, workspace: data.workspace, device: data.device }).storage.value === 'off';
  if (data === undefined || policy === null) return <Refusal />;
  const versions = [...new Map(data.versions.toReversed().map((each) => [each.version, each])).values()];
  const [after, before] = versions.toSorted((a, b) => b.version - a.version);
  const notice =
    after === undefined || before === undefined ? null : policyNotice(before, after, now, data.timeZone);
  const breaches = data.breaches.filter(({ id }) => !seen.includes(id));
  const shown = notice !== null && showsNotice(notice, read) ? notice : null;
  const { doubt } = data.signature;
  const doubtName = doubt === null ? null : `${doubt.signature} ${doubt.version}`;
  const isDoubted = doubtName !== null && doubtName !== doubtRead;
  if (breaches.length === 0 && shown === null && !isOff && !isDoubted) return <Refusal />;
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
      <Refusal />
      {doubt === null || !isDoubted ? null : (
        <Banner
          tone="danger"
          icon={<KeyRound size={16} />}
          action={
            <>
              {look}
              <Button size="small" variant="ghost" onPress={() => useRead.setState({ doubt: doubtName })}>
                {t('retention.banner.read')}
              </Button>
            </>
          }
        >
          {t(`trust.signature.${doubt.signature}`, { version: count(doubt.version) })}{' '}
          {t('trust.signature.strictest')}
        </Banner>
      )}
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
