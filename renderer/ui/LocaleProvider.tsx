import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';

/** Tells the headless components language and direction. `locale` is a BCP 47 tag. */
export function LocaleProvider({
  locale,
  children,
}: {
  readonly locale: string;
  readonly children: ReactNode;
}): ReactNode {
  return <I18nProvider locale={locale}>{children}</I18nProvider>;
}
