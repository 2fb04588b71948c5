import type { ReactNode } from 'react';
import type { NotificationSettings as Values } from '../../../../shared/contract/settings.ts';
import { t } from '../../../i18n/t.ts';
import { chime } from '../../../lib/chime.ts';
import { useSettings } from '../../../lib/queries/hooks.ts';
import { useSaveSettings } from '../../../lib/queries/settings.ts';
import { Button } from '../../../ui/Button.tsx';
import { BrowserRow } from '../BrowserRow.tsx';
import { QuietHours } from './QuietHours.tsx';
import { Group, SwitchRow } from '../Row.tsx';

const RULES = ['mine', 'unassigned', 'others', 'mentions'] as const;

/** What one is told of, how, and when not. */
export function NotificationSettings(): ReactNode {
  const { notifications } = useSettings();
  const save = useSaveSettings();
  const change = (part: Partial<Values>): void => save({ notifications: { ...notifications, ...part } });
  const off = !notifications.enabled;
  return (
    <>
      <Group>
        <SwitchRow
          id="enabled"
          title={t('settings.notifications.enabled')}
          hint={t('settings.notifications.enabledHint')}
          isSelected={notifications.enabled}
          onChange={(enabled) => change({ enabled })}
        />
        <BrowserRow />
        <SwitchRow
          id="sound"
          title={t('settings.notifications.sound')}
          hint={t('settings.notifications.soundHint')}
          isSelected={notifications.sound}
          isDisabled={off}
          onChange={(sound) => change({ sound })}
          more={
            <Button size="small" variant="ghost" onPress={chime}>
              {t('settings.notifications.soundTry')}
            </Button>
          }
        />
        <SwitchRow
          id="content"
          title={t('settings.notifications.showContent')}
          hint={t('settings.notifications.showContentHint')}
          isSelected={notifications.showContent}
          isDisabled={off}
          onChange={(showContent) => change({ showContent })}
        />
      </Group>
      <Group title={t('settings.notifications.about')}>
        {RULES.map((rule) => (
          <SwitchRow
            key={rule}
            id={rule}
            title={t(`settings.notifications.${rule}`)}
            isSelected={notifications.rules[rule]}
            isDisabled={off}
            onChange={(on) => change({ rules: { ...notifications.rules, [rule]: on } })}
          />
        ))}
      </Group>
      <QuietHours value={notifications.quietHours} onChange={(quietHours) => change({ quietHours })} />
    </>
  );
}
