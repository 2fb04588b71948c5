import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { lockNow } from '../../../lib/lock.ts';
import { useSettings } from '../../../lib/queries/hooks.ts';
import { useSaveSettings } from '../../../lib/queries/settings.ts';
import { useLostDevice } from '../../../lib/stores/lostDevice.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { Group, Row, SwitchRow } from '../Row.tsx';
import { KeyRows } from './KeyRows.tsx';
import { SelfCheck } from './SelfCheck.tsx';

/** Minutes without input; 0 is never. */
const TIMES = [0, 1, 5, 10, 15, 30, 60] as const;

/** Lock, key, recovery key, self-check, and what to do when the device is lost. */
export function Security(): ReactNode {
  const bridge = useBridge();
  const { lock } = useSettings();
  const save = useSaveSettings();
  const openLost = useLostDevice((state) => state.open);
  const times = TIMES.some((each) => each === lock.afterMinutes) ? TIMES : [...TIMES, lock.afterMinutes];
  return (
    <>
      <Group title={t('security.lock.title')}>
        <Row title={t('security.lock.after')} hint={t('security.lock.afterHint')}>
          <SelectField
            quiet
            label={t('security.lock.after')}
            value={String(lock.afterMinutes)}
            options={times.map((minutes) => ({
              value: String(minutes),
              label:
                minutes === 0 ? t('security.lock.never') : t('security.lock.minutes', { count: minutes }),
            }))}
            onChange={(value) => save({ lock: { ...lock, afterMinutes: Number(value) } })}
          />
        </Row>
        <SwitchRow
          id="lock-sleep"
          title={t('security.lock.onSleep')}
          hint={t('security.lock.onSleepHint')}
          isSelected={lock.onSleep}
          onChange={(onSleep) => save({ lock: { ...lock, onSleep } })}
        />
        <SwitchRow
          id="lock-screen"
          title={t('security.lock.onScreenLock')}
          hint={t('security.lock.onScreenLockHint')}
          isSelected={lock.onScreenLock}
          onChange={(onScreenLock) => save({ lock: { ...lock, onScreenLock } })}
        />
        <Row isLabelled={false} title={t('security.lock.now')} hint={t('security.lock.nowHint')}>
          <Button
            size="small"
            onPress={() => {
              lockNow(bridge).catch((error: unknown) => useNotices.getState().show(callWords(error)));
            }}
          >
            {t('security.lock.lock')}
          </Button>
        </Row>
      </Group>
      <KeyRows />
      <SelfCheck />
      <Group title={t('security.lost.group')}>
        <Row isLabelled={false} title={t('security.lost.row')} hint={t('security.lost.hint')}>
          <Button size="small" variant="danger" onPress={openLost}>
            {t('security.lost.open')}
          </Button>
        </Row>
      </Group>
    </>
  );
}
