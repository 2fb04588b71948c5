import type { ReactNode } from 'react';
import { useId } from 'react';
import type { ContactField } from '../../../../shared/domain/contact-field.ts';
import { t } from '../../../i18n/t.ts';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import styles from './Fields.module.css';

export interface FieldInputProps {
  readonly field: Pick<ContactField, 'name' | 'type' | 'choices'>;
  /** What was typed, or the canonical text; empty: no value. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  /** The name stands beside it already. */
  readonly quiet?: boolean;
}

const TYPES = {
  text: 'text',
  number: 'text',
  date: 'date',
  link: 'url',
  email: 'email',
  phone: 'tel',
} as const;

/** The box for a value of a custom field, by its type. */
export function FieldInput({ field, value, onChange, error, quiet = false }: FieldInputProps): ReactNode {
  const id = useId();
  const errorId = useId();
  switch (field.type) {
    case 'choice':
      return (
        <SelectField
          quiet={quiet}
          label={field.name}
          value={value}
          options={[
            { value: '', label: t('contacts.noValue') },
            ...field.choices.map((choice) => ({ value: choice.id, label: choice.name })),
          ]}
          onChange={onChange}
        />
      );
    case 'boolean':
      return (
        <SelectField
          quiet={quiet}
          label={field.name}
          value={value}
          options={[
            { value: '', label: t('contacts.noValue') },
            { value: 'true', label: t('contacts.yes') },
            { value: 'false', label: t('contacts.no') },
          ]}
          onChange={onChange}
        />
      );
    case 'choices': {
      const on = value.split(',').filter((each) => each !== '');
      return (
        <div role="group" aria-label={field.name} className={styles['choices']}>
          {field.choices.map((choice) => (
            <Checkbox
              key={choice.id}
              isSelected={on.includes(choice.id)}
              onChange={(selected) =>
                onChange((selected ? [...on, choice.id] : on.filter((each) => each !== choice.id)).join(','))
              }
            >
              {choice.name}
            </Checkbox>
          ))}
        </div>
      );
    }
    default:
      return (
        <div className={styles['field']}>
          {quiet ? null : (
            <label htmlFor={id} className={styles['label']}>
              {field.name}
            </label>
          )}
          <input
            id={id}
            type={TYPES[field.type]}
            dir="auto"
            aria-label={quiet ? field.name : undefined}
            aria-invalid={error === undefined ? undefined : true}
            aria-describedby={error === undefined ? undefined : errorId}
            className={styles['input']}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {error === undefined ? null : (
            <span id={errorId} role="alert" className={styles['error']}>
              {error}
            </span>
          )}
        </div>
      );
  }
}
