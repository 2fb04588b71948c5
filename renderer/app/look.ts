import { useEffect, useSyncExternalStore } from 'react';
import type { Settings } from '../../shared/contract/settings.ts';
import { directionOf, spokenOf } from '../i18n/languages.ts';
import { language, onLanguage, speak, t } from '../i18n/t.ts';
import { useSettings } from '../lib/queries/hooks.ts';
import { useNotices } from '../lib/stores/notices.ts';

const DARK = '(prefers-color-scheme: dark)';

/** Puts the theme on the document. */
export function applyTheme(theme: Settings['theme']): void {
  const isDark = theme === 'dark' || (theme === 'system' && window.matchMedia(DARK).matches);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}

/** Speaks the chosen language, and turns the document round where it is read from the right. */
export async function applyLanguage(chosen: Settings['language']): Promise<void> {
  await speak(spokenOf(chosen, navigator.languages));
  const now = language();
  document.documentElement.lang = now;
  document.documentElement.dir = directionOf(now);
}

/** Keeps the document as the settings say; answers the language in use. */
export function useLook(): string {
  const { theme, language: chosen } = useSettings();
  useEffect(() => {
    const apply = (): void => applyTheme(theme);
    apply();
    const system = window.matchMedia(DARK);
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
  useEffect(() => {
    const apply = (): void => {
      applyLanguage(chosen).catch(() => useNotices.getState().show(t('settings.general.languageFailed')));
    };
    apply();
    window.addEventListener('languagechange', apply);
    return () => window.removeEventListener('languagechange', apply);
  }, [chosen]);
  return useSyncExternalStore(onLanguage, language);
}
