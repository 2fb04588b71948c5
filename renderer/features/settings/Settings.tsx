import {
  Activity,
  Archive,
  ArrowLeft,
  Bell,
  HardDrive,
  Hourglass,
  MonitorSmartphone,
  ScrollText,
  ShieldCheck,
  SlidersHorizontal,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { t } from '../../i18n/t.ts';
import { Backup } from './backup/Backup.tsx';
import { Devices } from './Devices.tsx';
import { Diagnostics } from './Diagnostics.tsx';
import { General } from './General.tsx';
import { Promises } from './Promises.tsx';
import { Retention } from './Retention.tsx';
import { Storage } from './Storage.tsx';
import { NotificationSettings } from './NotificationSettings.tsx';
import { Security } from './security/Security.tsx';
import type { Section } from '../../lib/settingsSections.ts';
import { SECTIONS } from '../../lib/settingsSections.ts';
import styles from './Settings.module.css';

export interface SettingsProps {
  readonly section: Section;
  readonly hrefOf: (section: Section) => string;
  readonly backHref: string;
  /** Shows the sheet of all keys. */
  readonly onShortcuts: () => void;
}

const ICONS = {
  general: SlidersHorizontal,
  notifications: Bell,
  security: ShieldCheck,
  promises: ScrollText,
  retention: Hourglass,
  storage: HardDrive,
  devices: MonitorSmartphone,
  backup: Archive,
  diagnostics: Activity,
} as const;

/** What a person sets for this machine: one section at a time. Every change counts at once. */
export function Settings({ section, hrefOf, backHref, onShortcuts }: SettingsProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef<Section | null>(null);
  // Choosing a section goes on reading there; opening the settings too.
  useEffect(() => {
    if (shown.current === section) return;
    shown.current = section;
    heading.current?.focus();
  }, [section]);
  return (
    <div className={styles['page']}>
      <nav className={styles['nav']} aria-label={t('settings.sections')}>
        <a href={backHref} className={styles['back']}>
          <ArrowLeft size={16} aria-hidden="true" className={styles['arrow']} />
          {t('settings.back')}
        </a>
        <ul className={styles['list']}>
          {SECTIONS.map((each) => {
            const Icon = ICONS[each];
            return (
              <li key={each}>
                <a
                  href={hrefOf(each)}
                  className={styles['link']}
                  aria-current={each === section ? 'page' : undefined}
                >
                  <Icon size={16} aria-hidden="true" />
                  {t(`settings.section.${each}`)}
                </a>
              </li>
            );
          })}
        </ul>
      </nav>
      <main className={styles['main']}>
        <div className={styles['column']}>
          <h1 ref={heading} tabIndex={-1} className={styles['title']}>
            {t(`settings.section.${section}`)}
          </h1>
          {section === 'general' ? <General onShortcuts={onShortcuts} /> : null}
          {section === 'notifications' ? <NotificationSettings /> : null}
          {section === 'security' ? <Security /> : null}
          {section === 'promises' ? <Promises /> : null}
          {section === 'retention' ? <Retention /> : null}
          {section === 'storage' ? <Storage /> : null}
          {section === 'devices' ? <Devices /> : null}
          {section === 'backup' ? <Backup /> : null}
          {section === 'diagnostics' ? <Diagnostics /> : null}
        </div>
      </main>
    </div>
  );
}
