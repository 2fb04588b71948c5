import { Search } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { Role } from '../../../shared/domain/workspace.ts';
import { t } from '../../i18n/t.ts';
import type { Section } from '../../lib/settingsSections.ts';
import { findSettings } from '../../lib/settingsSections.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './SettingsSearch.module.css';

export interface SettingsSearchProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly role: Role;
  readonly hrefOf: (section: Section) => string;
  /** A setting's title, or null for a whole section. */
  readonly onChosen: (title: string | null) => void;
}

/** Finds settings by their words. `/` goes to the box, the arrows through what was found, Enter takes the first, Escape empties it. */
export function SettingsSearch({ query, onQuery, role, hrefOf, onChosen }: SettingsSearchProps): ReactNode {
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const found = findSettings(query, role);
  const searching = query.trim() !== '';

  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent): void => {
      const { target } = event;
      const typing =
        target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      box.current?.focus();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);

  const links = (): HTMLAnchorElement[] => [...(list.current?.querySelectorAll('a') ?? [])];
  const move = (event: KeyboardEvent): void => {
    const all = links();
    const at = all.findIndex((link) => link === document.activeElement);
    if (event.key === 'ArrowDown') all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') (at <= 0 ? box.current : all[at - 1])?.focus();
    else if (event.key === 'Escape' && searching) {
      onQuery('');
      box.current?.focus();
    } else if (event.key === 'Enter' && at === -1) all[0]?.click();
    else return;
    event.preventDefault();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the box and of the links inside
    <div role="search" aria-label={t('settings.search.label')} className={styles['search']} onKeyDown={move}>
      <span className={styles['box']}>
        <Search size={14} aria-hidden="true" className={styles['icon']} />
        <input
          ref={box}
          type="search"
          className={styles['input']}
          aria-label={t('settings.search.label')}
          placeholder={t('settings.search.label')}
          value={query}
          onChange={(event) => onQuery(event.currentTarget.value)}
        />
      </span>
      <VisuallyHidden>
        <span role="status">{searching ? t('settings.search.found', { count: found.length }) : ''}</span>
      </VisuallyHidden>
      {searching && found.length === 0 ? <p className={styles['none']}>{t('settings.search.none')}</p> : null}
      {found.length === 0 ? null : (
        <ul ref={list} className={styles['list']} aria-label={t('settings.search.results')}>
          {found.map((each) => (
            <li key={`${each.section} ${each.title}`}>
              <a
                href={hrefOf(each.section)}
                className={styles['link']}
                onClick={() => onChosen(each.whole ? null : each.title)}
              >
                <span className={styles['title']}>{each.title}</span>
                {each.whole ? null : <span className={styles['place']}>{each.sectionTitle}</span>}
                {each.hint === undefined ? null : <span className={styles['hint']}>{each.hint}</span>}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
