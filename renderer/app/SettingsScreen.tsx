import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ConnectionBar } from '../features/inbox/ConnectionBar.tsx';
import { sectionOf } from '../lib/settingsSections.ts';
import { Settings } from '../features/settings/Settings.tsx';
import styles from './Screen.module.css';

/** Ties the settings to the address. */
export function SettingsScreen(): ReactNode {
  const { section } = useParams({ from: '/settings/{-$section}' });
  return (
    <div className={styles['frame']}>
      <Settings section={sectionOf(section)} hrefOf={(each) => `#/settings/${each}`} backHref="#/" />
      <ConnectionBar />
    </div>
  );
}
