import type { ReactNode } from 'react';
import { count, dayName, fileSize, fullTime, listOf, relativeTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { Button } from '../../../ui/Button.tsx';
import { Row } from '../Row.tsx';
import type { ListedDevice } from './Devices.tsx';
import styles from './Devices.module.css';

export interface DeviceRowProps {
  readonly device: ListedDevice;
  /** Whose it is stands in the row. */
  readonly named: boolean;
  readonly now: number;
  /** Null: this user may not sign it out from here. */
  readonly onSignOut: (() => void) | null;
  readonly onWipe: (() => void) | null;
}

/** One device: since when, when last, and what can be done about it; or what became of its wipe. */
export function DeviceRow({ device, named, now, onSignOut, onWipe }: DeviceRowProps): ReactNode {
  const { name, user, current, wipe } = device;
  const facts = [
    ...(named && user !== null ? [user.name] : []),
    t('settings.devices.signedIn', { day: dayName(device.createdAt, now) }),
    ...(current ? [] : [t('settings.devices.lastSeen', { time: relativeTime(device.lastSeenAt, now) })]),
  ];
  return (
    <Row
      isLabelled={false}
      title={name}
      hint={wipe === null ? facts.join(' · ') : `${facts[0] ?? ''} · ${wipeWords(wipe)}`}
    >
      {current ? <span className={styles['current']}>{t('settings.devices.current')}</span> : null}
      {onSignOut === null || wipe !== null ? null : (
        <Button size="small" aria-label={t('settings.devices.signOutOf', { name })} onPress={onSignOut}>
          {t('settings.devices.signOut')}
        </Button>
      )}
      {onWipe === null || wipe !== null ? null : (
        <Button size="small" aria-label={t('ending.devices.wipeOf', { name })} onPress={onWipe}>
          {t('ending.devices.wipe')}
        </Button>
      )}
    </Row>
  );
}

/** What became of it: it waits, it is done, or something could not be removed. */
function wipeWords({ askedAt, receipt }: NonNullable<ListedDevice['wipe']>): string {
  if (receipt === null) return t('ending.devices.waiting', { time: fullTime(askedAt) });
  const time = fullTime(receipt.at);
  return receipt.left.length > 0
    ? t('ending.devices.left', { time, names: listOf(receipt.left) })
    : t('ending.devices.done', { time, files: count(receipt.files), size: fileSize(receipt.bytes) });
}
