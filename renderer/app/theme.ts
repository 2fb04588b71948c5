import { useView } from '../lib/stores/view.ts';

const dark = '(prefers-color-scheme: dark)';

/** Puts the chosen theme on the document and keeps it there, before the first paint and without React. */
export function applyTheme(): void {
  const system = window.matchMedia(dark);
  const apply = (): void => {
    const { theme } = useView.getState();
    const isDark = theme === 'dark' || (theme === 'system' && system.matches);
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  };
  apply();
  system.addEventListener('change', apply);
  useView.subscribe(apply);
}
