import type { ReactNode } from 'react';
import { Language } from '../../../shared/contract/settings.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import { NAMES } from '../../i18n/languages.ts';
import { t } from '../../i18n/t.ts';
import { useSettings } from '../../lib/queries/hooks.ts';
import { useSaveSettings } from '../../lib/queries/settings.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { Group, Row } from './Row.tsx';

const THEMES: ReadonlyArray<Settings['theme']> = ['system', 'light', 'dark'];
const DENSITIES: ReadonlyArray<Settings['density']> = ['comfortable', 'compact'];
/** The contract's bound, in seconds. */
const LONGEST_UNDO = 30;

/** The language of the page. */
export function LanguageChoice(): ReactNode {
  const settings = useSettings();
  const save = useSaveSettings();
  return (
    <Group>
      <Row title={t('settings.general.language')} hint={t('settings.general.languageHint')}>
        <SelectField
          quiet
          name="language"
          label={t('settings.general.language')}
          value={settings.language}
          options={Language.options.map((each) => ({
            value: each,
            label: each === 'system' ? t('settings.general.languageSystem') : NAMES[each],
          }))}
          onChange={(value) => {
            const chosen = Language.safeParse(value);
            if (chosen.success) save({ language: chosen.data });
          }}
        />
      </Row>
    </Group>
  );
}

/** Light or dark, and how much room a row takes. */
export function Appearance(): ReactNode {
  const settings = useSettings();
  const save = useSaveSettings();
  return (
    <Group>
      <Row title={t('settings.general.theme')} hint={t('settings.general.themeHint')}>
        <Segmented
          label={t('settings.general.theme')}
          value={settings.theme}
          segments={THEMES.map((value) => ({ value, label: t(`app.theme.${value}`) }))}
          onChange={(theme) => save({ theme })}
        />
      </Row>
      <Row title={t('settings.general.density')} hint={t('settings.general.densityHint')}>
        <Segmented
          label={t('settings.general.density')}
          value={settings.density}
          segments={DENSITIES.map((value) => ({ value, label: t(`settings.general.${value}`) }))}
          onChange={(density) => save({ density })}
        />
      </Row>
    </Group>
  );
}

/** The time in which a sent message can be taken back. */
export function Sending(): ReactNode {
  const settings = useSettings();
  const save = useSaveSettings();
  return (
    <Group>
      <Row title={t('settings.general.undoSend')} hint={t('settings.general.undoSendHint')}>
        <Slider
          label={t('settings.general.undoSend')}
          value={settings.undoSendSeconds}
          min={0}
          max={LONGEST_UNDO}
          words={(value) =>
            value === 0 ? t('settings.general.undoSendNone') : t('settings.general.seconds', { count: value })
          }
          onChange={(undoSendSeconds) => save({ undoSendSeconds })}
        />
      </Row>
    </Group>
  );
}
