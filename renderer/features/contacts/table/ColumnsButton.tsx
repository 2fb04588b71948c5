import { ArrowDown, ArrowUp, Columns3, GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useSettings } from '../../../lib/queries/hooks.ts';
import { useSaveSettings } from '../../../lib/queries/settings.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Popover } from '../../../ui/Popover.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import styles from './Columns.module.css';
import type { Column } from './columns.ts';
import { useColumns } from './columnStore.ts';

const DRAGGED = 'application/x-parley-column';

/** Which columns there are, in which order, and how close the rows lie. */
export function ColumnsButton({ all }: { readonly all: ReadonlyArray<Column> }): ReactNode {
  const { chosen, show, move, reset } = useColumns();
  const { density } = useSettings();
  const save = useSaveSettings();
  const [over, setOver] = useState<string | null>(null);
  const byId = new Map<string, Column>(all.map((column) => [column.id, column]));
  const on = chosen.flatMap((id) => byId.get(id) ?? []);
  const off = all.filter(({ id }) => !chosen.includes(id));
  return (
    <Popover
      label={t('contacts.columns.title')}
      placement="bottom end"
      trigger={
        <IconButton label={t('contacts.columns.title')}>
          <Columns3 size={16} />
        </IconButton>
      }
    >
      {() => (
        <div className={styles['pane']}>
          <Segmented
            label={t('settings.general.density')}
            value={density}
            segments={(['comfortable', 'compact'] as const).map((value) => ({
              value,
              label: t(`settings.general.${value}`),
            }))}
            onChange={(next) => save({ density: next })}
          />
          <ul className={styles['list']} aria-label={t('contacts.columns.shown')}>
            {on.map((column) => {
              const at = chosen.indexOf(column.id);
              const fixed = column.id === 'name';
              return (
                // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dragging; its buttons do the same
                <li
                  key={column.id}
                  className={styles['item']}
                  data-over={over === column.id || undefined}
                  draggable={!fixed}
                  onDragStart={(event) => event.dataTransfer.setData(DRAGGED, column.id)}
                  onDragOver={(event) => {
                    event.preventDefault();
                    setOver(column.id);
                  }}
                  onDragLeave={() => setOver(null)}
                  onDrop={(event) => {
                    setOver(null);
                    move(event.dataTransfer.getData(DRAGGED), at);
                  }}
                >
                  <span className={styles['handle']}>
                    {fixed ? null : <GripVertical size={14} aria-hidden="true" />}
                  </span>
                  <span className={styles['check']}>
                    {fixed ? (
                      <span className={styles['fixed']}>{column.title}</span>
                    ) : (
                      <Checkbox isSelected onChange={() => show(column.id, false)}>
                        {column.title}
                      </Checkbox>
                    )}
                  </span>
                  {fixed ? null : (
                    <>
                      <IconButton
                        label={t('contacts.columns.up', { name: column.title })}
                        isDisabled={at <= 1}
                        onPress={() => move(column.id, at - 1)}
                      >
                        <ArrowUp size={14} />
                      </IconButton>
                      <IconButton
                        label={t('contacts.columns.down', { name: column.title })}
                        isDisabled={at === chosen.length - 1}
                        onPress={() => move(column.id, at + 1)}
                      >
                        <ArrowDown size={14} />
                      </IconButton>
                    </>
                  )}
                </li>
              );
            })}
          </ul>
          {off.length === 0 ? null : (
            <ul className={styles['list']} aria-label={t('contacts.columns.hidden')}>
              {off.map((column) => (
                <li key={column.id} className={styles['item']}>
                  <span className={styles['handle']} />
                  <span className={styles['check']}>
                    <Checkbox isSelected={false} onChange={() => show(column.id, true)}>
                      {column.title}
                    </Checkbox>
                  </span>
                </li>
              ))}
            </ul>
          )}
          <Button size="small" variant="ghost" onPress={reset}>
            {t('contacts.columns.reset')}
          </Button>
        </div>
      )}
    </Popover>
  );
}
