import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, MonitorSmartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { dayName, fullTime, relativeTime } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { useBridge } from '../../lib/bridge/context.ts';
import { callWords } from '../../lib/callWords.ts';
import { useNotices } from '../../lib/stores/notices.ts';
import { useNow } from '../../lib/useNow.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import styles from './Devices.module.css';
import { Row } from './Row.tsx';

type Device = CallOutput<'session.devices'>[number];
const KEY = ['devices'];

/** Where this person is signed in; each of the others can be signed out from here. */
export function Devices(): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const { show, tell } = useNotices.getState();
  const now = useNow(60_000);
  const [asked, setAsked] = useState<Device | null>(null);
  // Known only to the gateway, so it is asked each time the section is opened.
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => bridge.call('session.devices', {}),
    refetchOnMount: 'always',
    retry: false,
  });

  const signOut = (device: Device): void => {
    setAsked(null);
    bridge
      .call('session.revokeDevice', { deviceId: device.id })
      .then(() => tell(t('settings.devices.done', { name: device.name }), null))
      .catch((error: unknown) => show(callWords(error)))
      .finally(() => void client.invalidateQueries({ queryKey: KEY }));
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
  return (
    <>
      <p className={styles['text']}>{t('settings.devices.text')}</p>
      {query.data?.length === 0 ? (
        <EmptyState icon={<MonitorSmartphone size={24} />} text={t('settings.devices.none')} />
      ) : null}
      <ul className={styles['list']}>
        {devices.map((device) => (
          <li key={device.id}>
            <Row
              isLabelled={false}
              title={device.name}
              hint={[
                t('settings.devices.signedIn', { day: dayName(device.createdAt, now) }),
                ...(device.current
                  ? []
                  : [t('settings.devices.lastSeen', { time: relativeTime(device.lastSeenAt, now) })]),
              ].join(' · ')}
            >
              {device.current ? (
                <span className={styles['current']}>{t('settings.devices.current')}</span>
              ) : (
                <Button
                  size="small"
                  aria-label={t('settings.devices.signOutOf', { name: device.name })}
                  onPress={() => setAsked(device)}
                >
                  {t('settings.devices.signOut')}
                </Button>
              )}
            </Row>
          </li>
        ))}
      </ul>
      <Dialog
        role="alertdialog"
        title={t('settings.devices.askTitle', { name: asked?.name ?? '' })}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        actions={
          <>
            <Button onPress={() => setAsked(null)}>{t('app.cancel')}</Button>
            <Button
              variant="danger"
              onPress={() => {
                if (asked !== null) signOut(asked);
              }}
            >
              {t('settings.devices.signOut')}
            </Button>
          </>
        }
      >
        {asked === null ? null : (
          <>
            <p>{t('settings.devices.askText')}</p>
            <p className={styles['text']}>{fullTime(asked.lastSeenAt)}</p>
          </>
        )}
      </Dialog>
    </>
  );
}
