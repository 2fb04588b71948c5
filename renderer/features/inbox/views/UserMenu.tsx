import { ChevronsUpDown, LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { CallFailure } from '../../../../shared/contract/errors.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useConnection, useReady } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import type { Theme } from '../../../lib/stores/view.ts';
import { useView } from '../../../lib/stores/view.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../../../ui/Menu.tsx';
import { MenuButton } from '../../../ui/MenuButton.tsx';
import styles from './UserMenu.module.css';

const THEMES: ReadonlyArray<Theme> = ['system', 'light', 'dark'];

/** Who one is, how it looks, and the way out. */
export function UserMenu(): ReactNode {
  const { me } = useReady();
  const bridge = useBridge();
  const unsent = useConnection()?.unsent ?? 0;
  const theme = useView((state) => state.theme);
  const setTheme = useView((state) => state.setTheme);
  const showNotice = useNotices((state) => state.show);
  const [asking, setAsking] = useState(false);

  const signOut = (discardUnsent: boolean): void => {
    bridge.call('session.signOut', { discardUnsent }).catch((error: unknown) => {
      if (!discardUnsent && error instanceof CallFailure && error.error.kind === 'forbidden') setAsking(true);
      else showNotice(callWords(error));
    });
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
              <span className={styles['role']}>{t(`app.user.role.${me.role}`)}</span>
            </span>
            <ChevronsUpDown size={14} />
          </MenuButton>
        }
        onAction={(key) => {
          if (key === 'sign-out') signOut(false);
        }}
      >
        <MenuSection
          title={t('app.theme.title')}
          selected={theme}
          onSelect={(key) => {
            const next = THEMES.find((each) => each === key);
            if (next !== undefined) setTheme(next);
          }}
        >
          {THEMES.map((each) => (
            <MenuItem key={each} id={each} label={t(`app.theme.${each}`)} />
          ))}
        </MenuSection>
        <MenuSeparator />
        <MenuItem id="sign-out" label={t('app.user.signOut')} icon={<LogOut size={14} />} />
      </Menu>
      <Dialog
        role="alertdialog"
        title={t('startup.signOut.title')}
        isOpen={asking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{t('app.cancel')}</Button>
            <Button
              variant="danger"
              onPress={() => {
                setAsking(false);
                signOut(true);
              }}
            >
              {t('startup.signOut.confirm')}
            </Button>
          </>
        }
      >
        {t('startup.signOut.text', { count: unsent })}
      </Dialog>
    </div>
  );
}
