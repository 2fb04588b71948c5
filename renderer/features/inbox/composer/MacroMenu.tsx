import { Settings2, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { useWritingLibrary } from '../../../lib/queries/writing.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/Menu.tsx';

export interface MacroMenuProps {
  readonly onRun: (macroId: string, title: string) => void;
}

/** The macros to run on this conversation. */
export function MacroMenu({ onRun }: MacroMenuProps): ReactNode {
  const macros = useWritingLibrary()?.macros ?? [];
  const run = (macroId: string): void =>
    onRun(macroId, macros.find(({ id }) => id === macroId)?.content.title ?? '');
  return (
    <Menu
      placement="top start"
      trigger={
        <IconButton label={t('writing.macros.menu')}>
          <Zap size={16} />
        </IconButton>
      }
      onAction={(key) => {
        if (key === 'manage') window.location.hash = '#/library';
        else run(String(key));
      }}
    >
      {macros.map(({ id, content }) => (
        <MenuItem key={id} id={id} label={content.title} icon={<Zap size={14} />} />
      ))}
      {macros.length === 0 ? (
        <MenuItem id="none" label={t('writing.macros.none')} isDisabled />
      ) : (
        <MenuSeparator />
      )}
      <MenuItem id="manage" label={t('writing.macros.manage')} icon={<Settings2 size={14} />} />
    </Menu>
  );
}
