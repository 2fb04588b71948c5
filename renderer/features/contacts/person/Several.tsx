import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import type { Checked } from './Editable.tsx';
import { Editable } from './Editable.tsx';
import styles from './Person.module.css';

export interface SeveralProps {
  readonly label: string;
  /** "Another number". */
  readonly another: string;
  readonly type: 'tel' | 'email';
  readonly values: ReadonlyArray<string>;
  readonly words: (value: string) => ReactNode;
  readonly textOf: (value: string) => string;
  readonly check: (text: string) => Checked<string | null>;
  readonly source: string | null;
  readonly onSave: (values: string[]) => Promise<string | null>;
}

/** Numbers or addresses, of which the first is the one that is used. */
export function Several(props: SeveralProps): ReactNode {
  const { label, another, values, words, textOf, onSave, source, ...rest } = props;
  const [adding, setAdding] = useState(false);
  const put = (at: number, value: string | null): Promise<string | null> => {
    const next = values.flatMap((each, index) => (index === at ? (value === null ? [] : [value]) : [each]));
    if (at >= values.length && value !== null) next.push(value);
    setAdding(false);
    return onSave([...new Set(next)]);
  };
  const shown = adding || values.length === 0 ? [...values, null] : values;
  return (
    <>
      {shown.map((value, index) => (
        <Editable
          key={value ?? 'new'}
          {...rest}
          label={label}
          further={index > 0}
          shown={value === null ? null : words(value)}
          text={value === null ? '' : textOf(value)}
          source={index === 0 ? source : null}
          onSave={(next) => put(index, next)}
          more={
            value === null ? null : (
              <span className={styles['tools']}>
                <IconButton
                  label={t('person.removeOf', { name: textOf(value) })}
                  onPress={() => void put(index, null)}
                >
                  <X size={12} />
                </IconButton>
                {index === shown.length - 1 ? (
                  <IconButton label={another} onPress={() => setAdding(true)}>
                    <Plus size={12} />
                  </IconButton>
                ) : null}
              </span>
            )
          }
        />
      ))}
    </>
  );
}
