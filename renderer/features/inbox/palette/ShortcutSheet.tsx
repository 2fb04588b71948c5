import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { isMac, printed } from '../../../lib/shortcuts/match.ts';
import { SHORTCUTS } from '../../../lib/shortcuts/table.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Kbd } from '../../../ui/Kbd.tsx';
import styles from './ShortcutSheet.module.css';

/** Two columns of about the same height. */
const COLUMNS = [
  ['list', 'go'],
  ['action', 'anywhere'],
] as const;

/** Every key there is. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }): ReactNode {
  const mac = isMac();
  return (
    <Dialog
      title={t('triage.keys.title')}
      isOpen
      wide
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('app.close')}</Button>}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls in low windows, with keys too */}
      <div className={styles['sheet']} role="group" aria-label={t('triage.keys.title')} tabIndex={0}>
        {COLUMNS.map((scopes) => (
          <div key={scopes[0]} className={styles['column']}>
            {scopes.map((scope) => (
              <section key={scope} className={styles['group']} aria-label={t(`triage.keys.scope.${scope}`)}>
                <h3 className={styles['title']}>{t(`triage.keys.scope.${scope}`)}</h3>
                <dl className={styles['list']}>
                  {SHORTCUTS.filter((shortcut) => shortcut.scope === scope).map((shortcut) => (
                    <div key={shortcut.id} className={styles['line']}>
                      <dt>{t(shortcut.words)}</dt>
                      <dd className={styles['keys']}>
                        {printed(shortcut, mac).map((key, index) => (
                          <Kbd key={`${String(index)}${key}`}>{key}</Kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
