import type { ReactNode } from 'react';
import { useId } from 'react';
import type { Contact } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { sourceWords } from '../person/source.ts';
import { fieldWords, languageName } from '../words.ts';
import { shownPhone } from '../../../lib/phoneWords.ts';
import styles from './Compare.module.css';
import type { MergeRow } from './rows.ts';
import { VALUES, valueOf } from './rows.ts';

export interface ValueRowProps {
  readonly row: MergeRow;
  readonly first: Contact;
  readonly second: Contact;
  readonly result: Contact;
  readonly onTake: (side: 'first' | 'second') => void;
}

/** One value of both records: a radio button each where they differ, and what the result has. */
export function ValueRow({ row, first, second, result, onTake }: ValueRowProps): ReactNode {
  const group = useId();
  const lookup = useLookup();
  const key = VALUES.find((each) => each === row.key);
  const name = row.field?.name ?? (key === undefined ? row.key : t(`merging.value.${key}`));
  const chosen = valueOf(result, row);
  const cell = (side: 'first' | 'second'): ReactNode => {
    const contact = side === 'first' ? first : second;
    const words = shown(row, row[side]);
    const source = row[side] === '' ? null : sourceWords(contact, row.key, lookup);
    return (
      <td key={side}>
        <label className={styles['choice']} data-picked={(row.differs && row[side] === chosen) || undefined}>
          {row.differs ? (
            <input
              type="radio"
              name={group}
              className={styles['radio']}
              checked={row[side] === chosen}
              // Nothing cannot be chosen over something: a value is taken away on the person's page.
              disabled={row[side] === ''}
              aria-label={`${name}: ${words}`}
              onChange={() => onTake(side)}
            />
          ) : null}
          <span className={styles['choiceWords']}>
            <bdi className={row[side] === '' ? styles['nothing'] : undefined}>{words}</bdi>
            {source === null ? null : <span className={styles['quiet']}>{source}</span>}
          </span>
        </label>
      </td>
    );
  };
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      {cell('first')}
      {cell('second')}
      <td className={styles['result']}>
        <bdi>{shown(row, chosen)}</bdi>
      </td>
    </tr>
  );
}

function shown({ key, field }: MergeRow, value: string): string {
  if (value === '') return t('merging.empty');
  if (field !== null) return fieldWords(field, value);
  if (key === 'phone') return shownPhone(value);
  return key === 'language' ? languageName(value) : value;
}
