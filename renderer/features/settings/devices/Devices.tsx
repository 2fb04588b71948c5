import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, MonitorSmartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { CallOutput } from '../../../../shared/contract/calls.ts';
import { fullTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useDirectory, useReady } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Button } from '../../../ui/Button.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { DeviceRow } from './DeviceRow.tsx';
import styles from './Devices.module.css';
import { WipeDialog } from './WipeDialog.tsx';

export type ListedDevice = CallOutput<'session.devices'>[number];
type Asked = { readonly what: 'signOut' | 'wipe'; readonly device: ListedDevice };

const KEY = ['devices'];
/** A device that was told to wipe itself answers when it can, in ms. */
const LOOK_AGAIN = 10_000;

/** Where this person is signed in, and for supervisors and owners where the team is: each of the others can be signed out, or wiped. */
export function Devices(): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const { me } = useReady();
  const people = useDirectory()?.users ?? [];
  const now = useNow(60_000);
  const [asked, setAsked] = useState<Asked | null>(null);
  // Known only to the gateway, so it is asked each time the section is opened.
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => bridge.call('session.devices', {}),
    refetchOnMount: 'always',
    refetchInterval: (devices) =>
      devices.state.data?.some(({ wipe }) => wipe !== null && wipe.receipt === null) === true
        ? LOOK_AGAIN
        : false,
    retry: false,
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: KEY });

  const signOut = (device: ListedDevice): void => {
    const { show, tell } = useNotices.getState();
    setAsked(null);
    bridge
      .call('session.revokeDevice', { deviceId: device.id })
      .then(() => tell(t('settings.devices.done', { name: device.name }), null))
      .catch((error: unknown) => show(callWords(error)))
      .finally(refresh);
  };

  if (query.isError && query.data === undefined) {
    return (
      <EmptyState
        icon={<CircleAlert size={24} />}
        text={`${t('settings.devices.failed')} ${callWords(query.error)}`}
        action={<Button onPress={() => void query.refetch()}>{t('app.retry')}</Button>}
      />
    );
  }
  const devices = (query.data ?? []).toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt,
  );
  const isMine = (device: ListedDevice): boolean => device.user === null || device.user.id === me.id;
  const mine = devices.filter(isMine);
  const team = devices.filter((device) => !isMine(device));
  // Those of an owner are an owner's business.
  const mayWipe = ({ user, current }: ListedDevice): boolean =>
    !current &&
    (me.role !== 'supervisor' ||
      user === null ||
      user.id === me.id ||
      people.find(({ id }) => id === user.id)?.role !== 'owner');
  const list = (shown: readonly ListedDevice[], ours: boolean): ReactNode => (
    <ul className={styles['list']}>
      {shown.map((device) => (
        <li key={device.id}>
          <DeviceRow
            device={device}
            named={!ours}
            now={now}
            onSignOut={ours && !device.current ? () => setAsked({ what: 'signOut', device }) : null}
            onWipe={mayWipe(device) ? () => setAsked({ what: 'wipe', device }) : null}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <p className={styles['text']}>{t('settings.devices.text')}</p>
      {query.data?.length === 0 ? (
        <EmptyState icon={<MonitorSmartphone size={24} />} text={t('settings.devices.none')} />
      ) : null}
      {list(mine, true)}
      {team.length === 0 ? null : (
        <section aria-label={t('ending.devices.team')}>
          <h3 className={styles['heading']}>{t('ending.devices.team')}</h3>
          {list(team, false)}
        </section>
      )}
      {asked?.what === 'wipe' ? (
        <WipeDialog device={asked.device} onClose={() => setAsked(null)} onDone={refresh} />
      ) : null}
      <SignOutDialog
        device={asked?.what === 'signOut' ? asked.device : null}
        onClose={() => setAsked(null)}
        onConfirm={signOut}
      />
    </>
  );
}

function SignOutDialog({
  device,
  onClose,
  onConfirm,
}: {
  readonly device: ListedDevice | null;
  readonly onClose: () => void;
  readonly onConfirm: (device: ListedDevice) => void;
}): ReactNode {
  return (
    <DangerDialog
      title={t('settings.devices.askTitle', { name: device?.name ?? '' })}
      isOpen={device !== null}
      onClose={onClose}
      cancelLabel={t('app.cancel')}
      actionLabel={t('settings.devices.signOut')}
      onAction={() => {
        if (device !== null) onConfirm(device);
      }}
    >
      {device === null ? null : (
        <>
          <p>{t('settings.devices.askText')}</p>
          <p className={styles['text']}>{fullTime(device.lastSeenAt)}</p>
        </>
      )}
    </DangerDialog>
  );
}
