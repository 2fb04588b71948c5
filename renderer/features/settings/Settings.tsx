import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/t.ts';
import { useReady } from '../../lib/queries/hooks.ts';
import type { Section } from '../../lib/settingsSections.ts';
import { placesFor } from '../../lib/settingsSections.ts';
import { COMPONENTS } from './components.tsx';
import { SettingsSearch } from './SettingsSearch.tsx';
import styles from './Settings.module.css';

export interface SettingsProps {
  readonly section: Section;
  readonly hrefOf: (section: Section) => string;
  readonly backHref: string;
}

/** What a person sets for this machine: one section at a time. Every change counts at once. */
export function Settings({ section, hrefOf, backHref }: SettingsProps): ReactNode {
  const { me } = useReady();
  const heading = useRef<HTMLHeadingElement>(null);
  const column = useRef<HTMLDivElement>(null);
  const shown = useRef<Section | null>(null);
  const [query, setQuery] = useState('');
  const places = placesFor(me.role);
  const current = places.find(({ id }) => id === section) ?? places[0];
  const { Component } = COMPONENTS[current?.id ?? 'account'];
  // Choosing a section goes on reading there; opening the settings too.
  useEffect(() => {
    if (shown.current === section) return;
    shown.current = section;
    heading.current?.focus();
  }, [section]);

  /** Shows the setting that was looked for; what is there by then is enough, the section's top otherwise. */
  const point = (title: string | null): void => {
    setQuery('');
    setTimeout(() => {
      heading.current?.focus();
      const rows = [...(column.current?.querySelectorAll<HTMLElement>('[data-setting]') ?? [])];
      for (const row of rows) delete row.dataset['found'];
      const row = rows.find((each) => each.dataset['setting'] === title);
      if (row === undefined) return;
      row.dataset['found'] = '';
      row.scrollIntoView({ block: 'center' });
      row.querySelector<HTMLElement>('input, button, select, a[href]')?.focus({ preventScroll: true });
    });
  };

  return (
    <div className={styles['page']}>
      <nav className={styles['nav']} aria-label={t('settings.sections')}>
        <a href={backHref} className={styles['back']}>
          <ArrowLeft size={16} aria-hidden="true" className={styles['arrow']} />
          {t('settings.back')}
        </a>
        <SettingsSearch query={query} onQuery={setQuery} role={me.role} hrefOf={hrefOf} onChosen={point} />
        {query.trim() === '' ? (
          <ul className={styles['list']}>
            {places.map(({ id, title }) => {
              const { Icon } = COMPONENTS[id];
              return (
                <li key={id}>
                  <a
                    href={hrefOf(id)}
                    className={styles['link']}
                    aria-current={id === section ? 'page' : undefined}
                  >
                    <Icon size={16} aria-hidden="true" />
                    {title()}
                  </a>
                </li>
              );
            })}
          </ul>
        ) : null}
      </nav>
      <main className={styles['main']}>
        <div className={styles['column']} ref={column}>
          <h1 ref={heading} tabIndex={-1} className={styles['title']}>
            {current?.title()}
          </h1>
          <Component />
        </div>
      </main>
    </div>
  );
}
