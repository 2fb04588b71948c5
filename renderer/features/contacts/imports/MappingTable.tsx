import type { ReactNode } from 'react';
import type { ImportColumn } from '../../../../shared/contract/imports.ts';
import { t } from '../../../i18n/t.ts';
import { useContactFields } from '../../../lib/queries/contacts.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import styles from './Imports.module.css';
import type { Mapping } from './mapping.ts';
import { TARGETS, targetOf, targetValue, withTarget } from './mapping.ts';
import { columnName } from './words.ts';

export interface MappingTableProps {
  readonly columns: ReadonlyArray<ImportColumn>;
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

/** Each column of the file with its first values, and what it becomes. */
export function MappingTable({ columns, mapping, onChange }: MappingTableProps): ReactNode {
  const fields = useContactFields();
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{t('imports.map.column')}</th>
          <th scope="col" className={styles['samplesHead']}>
            {t('imports.map.samples')}
          </th>
          <th scope="col">{t('imports.map.becomes')}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column, index) => {
          const name = columnName(column, index);
          const value = targetValue(mapping[column.key]);
          return (
            <tr key={column.key} data-unused={value === '' || undefined}>
              <th scope="row" className={styles['columnName']}>
                <bdi>{name}</bdi>
              </th>
              <td className={styles['samples']}>
                {column.samples
                  .filter((sample) => sample.trim() !== '')
                  .slice(0, 3)
                  .map((sample, at) => (
                    // The same value may stand there twice.
                    <bdi key={`${String(at)} ${sample}`} className={styles['sample']}>
                      {sample}
                    </bdi>
                  ))}
              </td>
              <td className={styles['target']}>
                <SelectField
                  quiet
                  label={t('imports.map.becomesOf', { column: name })}
                  value={value}
                  options={[{ value: '', label: t('imports.map.nothing') }]}
                  groups={[
                    {
                      title: t('imports.map.person'),
                      options: TARGETS.map((target) => ({
                        value: target,
                        label: t(`imports.target.${target}`),
                      })),
                    },
                    {
                      title: t('imports.map.fields'),
                      options: fields.map((field) => ({ value: `field:${field.id}`, label: field.name })),
                    },
                  ]}
                  onChange={(next) => onChange(withTarget(mapping, column.key, targetOf(next)))}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
