import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { isMac, printed } from '../../lib/shortcuts/match.ts';
import { SHORTCUTS } from '../../lib/shortcuts/table.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { Group, Row } from './Row.tsx';

const SCOPES = ['list', 'action', 'go', 'anywhere'] as const;

/** Every key there is, to be read. */
export function Shortcuts(): ReactNode {
  const mac = isMac();
  return (
    <>
      <p>{t('settings.general.shortcutsHint')}</p>
      {SCOPES.map((scope) => (
        <Group key={scope} title={t(`triage.keys.scope.${scope}`)}>
          {SHORTCUTS.filter((shortcut) => shortcut.scope === scope && shortcut.hidden !== true).map(
            (shortcut) => (
              <Row key={shortcut.id} isLabelled={false} title={t(shortcut.words)}>
                {printed(shortcut, mac).map((key, index) => (
                  <Kbd key={`${String(index)}${key}`}>{key}</Kbd>
                ))}
              </Row>
            ),
          )}
        </Group>
      ))}
    </>
  );
}
