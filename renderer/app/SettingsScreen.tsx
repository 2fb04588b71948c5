import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ConnectionBar } from '../features/inbox/ConnectionBar.tsx';
import { sectionOf } from '../lib/settingsSections.ts';
import { Settings } from '../features/settings/Settings.tsx';
import { useOverlay } from '../lib/stores/overlay.ts';
import styles from './Screen.module.css';

/** Ties the settings to the address. */
export function SettingsScreen(): ReactNode {
  const { section } = useParams({ from: '/settings/{-$section}' });
  const open = useOverlay((state) => state.open);
  return (
    <div className={styles['frame']}>
      <Settings
        section={sectionOf(section)}
        hrefOf={(each) => `#/settings/${each}`}
        backHref="#/"
        onShortcuts={() => open({ kind: 'sheet' })}
      />
      <ConnectionBar />
    </div>
  );
}
