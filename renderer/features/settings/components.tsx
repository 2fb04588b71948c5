import type { LucideIcon } from 'lucide-react';
import {
  Activity,
  Archive,
  Bell,
  Building2,
  Hourglass,
  HardDrive,
  Info,
  Keyboard,
  KeyRound,
  Languages,
  MonitorSmartphone,
  ScrollText,
  Send,
  ShieldCheck,
  SunMoon,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { Section } from '../../lib/settingsSections.ts';
import { About } from './About.tsx';
import { Account } from './Account.tsx';
import { Audit } from './audit/Audit.tsx';
import { Backup } from './backup/Backup.tsx';
import { Diagnostics } from './diagnostics/Diagnostics.tsx';
import { Appearance, LanguageChoice, Sending } from './General.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { NotificationSettings } from './notifications/NotificationSettings.tsx';
import { Privacy } from './Privacy.tsx';
import { Retention } from './retention/Retention.tsx';
import { Security } from './security/Security.tsx';
import { Storage } from './storage/Storage.tsx';
import { WorkspaceSection } from './WorkspaceSection.tsx';

/** What each section of `lib/settingsSections.ts` shows. */
export const COMPONENTS: Record<Section, { readonly Icon: LucideIcon; readonly Component: ComponentType }> = {
  account: { Icon: MonitorSmartphone, Component: Account },
  workspace: { Icon: Building2, Component: WorkspaceSection },
  retention: { Icon: Hourglass, Component: Retention },
  storage: { Icon: HardDrive, Component: Storage },
  backup: { Icon: Archive, Component: Backup },
  security: { Icon: KeyRound, Component: Security },
  privacy: { Icon: ShieldCheck, Component: Privacy },
  audit: { Icon: ScrollText, Component: Audit },
  notifications: { Icon: Bell, Component: NotificationSettings },
  sending: { Icon: Send, Component: Sending },
  appearance: { Icon: SunMoon, Component: Appearance },
  language: { Icon: Languages, Component: LanguageChoice },
  keyboard: { Icon: Keyboard, Component: Shortcuts },
  diagnostics: { Icon: Activity, Component: Diagnostics },
  about: { Icon: Info, Component: About },
};
