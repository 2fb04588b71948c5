import { FolderPlus, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type {
  ContactCondition,
  ContactFilter,
  ContactGroup,
} from '../../../../shared/domain/contact-filter.ts';
import { EVERYBODY } from '../../../../shared/domain/contact-filter.ts';
import { t } from '../../../i18n/t.ts';
import { useContactCounts, useContactFields } from '../../../lib/queries/contacts.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { ConditionEditor } from './ConditionEditor.tsx';
import styles from './Filter.module.css';
import type { Entry, Path } from './filterDraft.ts';
import { added, complete, DEEPEST, isGroup, replaced, startOf } from './filterDraft.ts';

export interface FilterBuilderProps {
  readonly filter: ContactFilter;
  readonly onChange: (filter: ContactFilter) => void;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

/** Conditions and groups of them. The table follows at once, and the number that fit is there while one builds. */
export function FilterBuilder({ filter, onChange, onSave, onClose }: FilterBuilderProps): ReactNode {
  const asked = complete(filter);
  const counts = useContactCounts([asked]);
  const root = useRef<HTMLElement>(null);
  // Opening it goes on in it.
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('select, input, button')?.focus();
  }, []);
  const total = counts?.[0];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves it, wherever the focus is in it
    <section
      ref={root}
      aria-label={t('contactFilter.title')}
      className={styles['builder']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <GroupEditor
        group={filter}
        path={[]}
        onReplace={(path, entry) => onChange(replaced(filter, path, entry))}
        onAdd={(path, entry) => onChange(added(filter, path, entry))}
      />
      <div className={styles['foot']}>
        <span className={styles['total']} role="status">
          {total === undefined ? null : t('contactFilter.total', { count: total })}
        </span>
        {filter.conditions.length === 0 ? null : (
          <Button size="small" variant="ghost" onPress={() => onChange(EVERYBODY)}>
            {t('contactFilter.clear')}
          </Button>
        )}
        <Button size="small" isDisabled={asked.conditions.length === 0} onPress={onSave}>
          {t('contactFilter.save')}
        </Button>
        <Button size="small" variant="primary" onPress={onClose}>
          {t('contactFilter.done')}
        </Button>
      </div>
    </section>
  );
}

interface GroupEditorProps {
  readonly group: ContactGroup;
  readonly path: Path;
  readonly onReplace: (path: Path, entry: Entry | null) => void;
  readonly onAdd: (path: Path, entry: Entry) => void;
}

const MODES = ['all', 'any', 'not_all', 'not_any'] as const;
type Mode = (typeof MODES)[number];

function modeOf({ match, not }: ContactGroup): Mode {
  return not ? `not_${match}` : match;
}

function GroupEditor({ group, path, onReplace, onAdd }: GroupEditorProps): ReactNode {
  const fields = useContactFields();
  const { labels } = useLookup();
  const firstLabel = [...labels.values()].find((label) => !label.deleted)?.id ?? '';
  const start = (): ContactCondition => startOf('name', fields, firstLabel);
  return (
    <div
      className={styles['group']}
      data-nested={path.length > 0 || undefined}
      role="group"
      aria-label={t(`contactFilter.mode.${modeOf(group)}`)}
    >
      <div className={styles['groupHead']}>
        <SelectField
          quiet
          label={t('contactFilter.modeLabel')}
          value={modeOf(group)}
          options={MODES.map((mode) => ({ value: mode, label: t(`contactFilter.mode.${mode}`) }))}
          onChange={(mode) =>
            onReplace(path, {
              ...group,
              match: mode.endsWith('all') ? 'all' : 'any',
              not: mode.startsWith('not_'),
            })
          }
        />
        {path.length === 0 ? null : (
          <IconButton label={t('contactFilter.removeGroup')} onPress={() => onReplace(path, null)}>
            <X size={14} />
          </IconButton>
        )}
      </div>
      <ul className={styles['entries']}>
        {group.conditions.map((entry, index) => {
          const at = [...path, index];
          return (
            // An entry has no name of its own; its place is what it is known by.
            <li key={index} className={styles['entry']}>
              {isGroup(entry) ? (
                <GroupEditor group={entry} path={at} onReplace={onReplace} onAdd={onAdd} />
              ) : (
                <>
                  <ConditionEditor
                    condition={entry}
                    firstLabel={firstLabel}
                    onChange={(next) => onReplace(at, next)}
                  />
                  <IconButton label={t('contactFilter.remove')} onPress={() => onReplace(at, null)}>
                    <X size={14} />
                  </IconButton>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <div className={styles['adders']}>
        <Button size="small" variant="ghost" icon={<Plus size={14} />} onPress={() => onAdd(path, start())}>
          {t('contactFilter.add')}
        </Button>
        {path.length >= DEEPEST ? null : (
          <Button
            size="small"
            variant="ghost"
            icon={<FolderPlus size={14} />}
            onPress={() =>
              onAdd(path, {
                match: group.match === 'all' ? 'any' : 'all',
                not: false,
                conditions: [start()],
              })
            }
          >
            {t('contactFilter.addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}
