import { BookText, ChevronsUpDown, LogOut, Settings as SettingsIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { CallFailure } from '../../../../shared/contract/errors.ts';
import type { Settings } from '../../../../shared/contract/settings.ts';
import type { UnsentWork } from '../../../../shared/contract/state.ts';
import { listOf } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useReady, useSettings } from '../../../lib/queries/hooks.ts';
import { useSaveSettings } from '../../../lib/queries/settings.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import type { ChosenPresence } from '../../../lib/stores/presence.ts';
import { announced, usePresence } from '../../../lib/stores/presence.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../../../ui/Menu.tsx';
import { TypedNameField } from '../../../ui/TypedNameField.tsx';
import { isTyped } from '../../../lib/typedName.ts';
import { MenuButton } from '../../../ui/MenuButton.tsx';
import styles from './UserMenu.module.css';

const THEMES: ReadonlyArray<Settings['theme']> = ['system', 'light', 'dark'];
const PRESENCES: ReadonlyArray<ChosenPresence> = ['available', 'busy', 'away'];

/** Who one is, whether one is here, how it looks, and the ways on and out. */
export function UserMenu(): ReactNode {
  const { me, workspace } = useReady();
  const [typed, setTyped] = useState('');
  const bridge = useBridge();
  const { theme } = useSettings();
  const save = useSaveSettings();
  const chosen = usePresence((state) => state.chosen);
  const choose = usePresence((state) => state.choose);
  const presence = usePresence(announced);
  const idle = presence !== chosen;
  const showNotice = useNotices((state) => state.show);
  const [left, setLeft] = useState<UnsentWork | null>(null);

  const signOut = async (discardUnsent: boolean): Promise<void> => {
    try {
      await bridge.call('session.signOut', { discardUnsent });
    } catch (error) {
      const refused = !discardUnsent && error instanceof CallFailure && error.error.kind === 'forbidden';
      setTyped('');
      if (refused) setLeft(await bridge.call('session.unsent', {}));
      else throw error;
    }
  };

  const askedToSignOut = (discardUnsent: boolean): void => {
    signOut(discardUnsent).catch((error: unknown) => showNotice(callWords(error)));
  };

  return (
    <div className={styles['foot']}>
      <Menu
        placement="top start"
        aria-label={t('app.user.menu', { name: me.name })}
        trigger={
          <MenuButton tall>
            <Avatar name={me.name} size={24} />
            <span className={styles['words']}>
              <span className={styles['name']}>{me.name}</span>
              <span className={styles['role']}>
                <span className={styles['dot']} data-presence={presence} aria-hidden="true" />
                {idle ? t('settings.presence.idle') : t(`settings.presence.${presence}`)}
              </span>
            </span>
            <ChevronsUpDown size={14} />
          </MenuButton>
        }
        onAction={(key) => {
          if (key === 'sign-out') askedToSignOut(false);
          if (key === 'library') window.location.hash = '#/library';
          if (key === 'settings') window.location.hash = '#/settings/account';
        }}
      >
        <MenuSection
          title={`${me.name} · ${t(`app.user.role.${me.role}`)}`}
          selected={chosen}
          onSelect={(key) => {
            const next = PRESENCES.find((each) => each === key);
            if (next !== undefined) choose(next);
          }}
        >
          {PRESENCES.map((each) => (
            <MenuItem key={each} id={each} label={t(`settings.presence.${each}`)} />
          ))}
        </MenuSection>
        <MenuSection
          title={t('app.theme.title')}
          selected={theme}
          onSelect={(key) => {
            const next = THEMES.find((each) => each === key);
            if (next !== undefined) save({ theme: next });
          }}
        >
          {THEMES.map((each) => (
            <MenuItem key={each} id={each} label={t(`app.theme.${each}`)} />
          ))}
        </MenuSection>
        <MenuSeparator />
        <MenuItem id="library" label={t('writing.library.title')} icon={<BookText size={14} />} />
        <MenuItem id="settings" label={t('settings.title')} icon={<SettingsIcon size={14} />} />
        <MenuItem id="sign-out" label={t('app.user.signOut')} icon={<LogOut size={14} />} />
      </Menu>
      <DangerDialog
        title={t('startup.signOut.title')}
        isOpen={left !== null}
        onClose={() => setLeft(null)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('startup.signOut.confirm')}
        isDisabled={!isTyped(typed, workspace.name)}
        onAction={() => {
          setLeft(null);
          askedToSignOut(true);
        }}
      >
        {left === null ? null : (
          <>
            <p>{t('startup.signOut.text', { what: inWords(left) })}</p>
            <TypedNameField
              label={t('app.typeName', { name: workspace.name })}
              value={typed}
              onChange={setTyped}
            />
          </>
        )}
      </DangerDialog>
    </div>
  );
}

/** "3 messages and 12 changes". */
function inWords(left: UnsentWork): string {
  const parts = (['messages', 'changes', 'imports'] as const).filter((part) => left[part] > 0);
  return listOf(parts.map((part) => t(`startup.signOut.${part}`, { count: left[part] })));
}
