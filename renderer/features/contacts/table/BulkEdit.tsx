import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ContactPatch } from '../../../../shared/domain/contact.ts';
import { t } from '../../../i18n/t.ts';
import { useContactFields } from '../../../lib/queries/contacts.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { FieldInput } from '../fields/FieldInput.tsx';
import { fieldValue } from '../fields/fieldValue.ts';
import { languageOptions, zoneOptions } from '../person/options.ts';
import styles from './Bulk.module.css';

type Patch = Omit<ContactPatch, 'labelIds'>;

export interface BulkEditProps {
  readonly size: number;
  readonly onSave: (patch: Patch) => void;
  readonly onClose: () => void;
}

const OWN = ['company', 'language', 'timeZone', 'blocked'] as const;

/** One value for all of them; an empty one takes it away. */
export function BulkEdit({ size, onSave, onClose }: BulkEditProps): ReactNode {
  const fields = useContactFields();
  const [what, setWhat] = useState<string>('company');
  const [value, setValue] = useState('');
  const [mistake, setMistake] = useState<string | null>(null);
  const field = fields.find(({ id }) => `field:${id}` === what);

  const save = (): void => {
    if (field !== undefined) {
      const checked = fieldValue(field, value);
      if (checked.mistake === null) onSave({ fields: { [field.id]: checked.value } });
      else setMistake(checked.mistake);
      return;
    }
    const text = value.trim() === '' ? null : value.trim();
    if (what === 'blocked') onSave({ blocked: value === 'true' });
    else if (what === 'language') onSave({ language: text });
    else if (what === 'timeZone') onSave({ timeZone: text });
    else onSave({ company: text });
  };

  return (
    <Dialog
      title={t('contacts.bulk.editTitle', { count: size })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" onPress={save}>
            {t('contacts.bulk.set')}
          </Button>
        </>
      }
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <SelectField
          label={t('contacts.bulk.what')}
          value={what}
          options={[
            ...OWN.map((id) => ({
              value: id,
              label: id === 'blocked' ? t('contacts.state.blocked') : t(`contacts.column.${id}`),
            })),
            ...fields.map(({ id, name }) => ({ value: `field:${id}`, label: name })),
          ]}
          onChange={(next) => {
            setWhat(next);
            setValue(next === 'blocked' ? 'true' : '');
            setMistake(null);
          }}
        />
        {what === 'language' || what === 'timeZone' ? (
          <SelectField
            label={t('contacts.bulk.value')}
            value={value}
            options={[
              { value: '', label: t('contacts.noValue') },
              ...(what === 'language' ? languageOptions(null) : zoneOptions(null)),
            ]}
            onChange={setValue}
          />
        ) : what === 'blocked' ? (
          <SelectField
            label={t('contacts.bulk.value')}
            value={value}
            options={[
              { value: 'true', label: t('contacts.yes') },
              { value: 'false', label: t('contacts.no') },
            ]}
            onChange={setValue}
          />
        ) : (
          <FieldInput
            field={{
              name: t('contacts.bulk.value'),
              type: field?.type ?? 'text',
              choices: field?.choices ?? [],
            }}
            value={value}
            error={mistake ?? undefined}
            onChange={(next) => {
              setValue(next);
              setMistake(null);
            }}
          />
        )}
        <p className={styles['hint']}>{t('contacts.bulk.emptyHint')}</p>
      </form>
    </Dialog>
  );
}
