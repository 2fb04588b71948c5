import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ContactFieldType } from '../../../../shared/domain/contact-field.ts';
import type { ContactField, ContactFieldChoice } from '../../../../shared/domain/contact-field.ts';
import { newId } from '../../../../shared/domain/id.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './Fields.module.css';

/** The contract's bounds. */
const LONGEST = 80;
const MOST_CHOICES = 200;

export interface FieldFormProps {
  /** Null: a new one. */
  readonly field: ContactField | null;
  /** Where a new one goes. */
  readonly position: number;
  readonly onClose: () => void;
}

/** A field's name, its type (which stays once it is made), and its choices. */
export function FieldForm({ field, position, onClose }: FieldFormProps): ReactNode {
  const bridge = useBridge();
  const [name, setName] = useState(field?.name ?? '');
  const [type, setType] = useState(field?.type ?? 'text');
  const [choices, setChoices] = useState<ReadonlyArray<ContactFieldChoice>>(field?.choices ?? []);
  const [problem, setProblem] = useState<string | null>(null);
  const hasChoices = type === 'choice' || type === 'choices';
  const named = choices.filter((choice) => choice.name.trim() !== '');
  const ready = name.trim() !== '' && (!hasChoices || named.length > 0);

  const move = (from: number, to: number): void => {
    const next = [...choices];
    const [choice] = next.splice(from, 1);
    if (choice !== undefined) next.splice(to, 0, choice);
    setChoices(next);
  };
  const save = (): void => {
    if (!ready) return;
    const kept = hasChoices ? named.map((choice) => ({ ...choice, name: choice.name.trim() })) : [];
    bridge
      .call('field.save', {
        fieldId: field?.id ?? null,
        field: { name: name.trim(), type, choices: kept, position: field?.position ?? position },
      })
      .then(
        () => {
          useNotices.getState().tell(t('contactFields.saved', { name: name.trim() }), null);
          onClose();
        },
        (error: unknown) => setProblem(callWords(error)),
      );
  };

  return (
    <Dialog
      title={field === null ? t('contactFields.newTitle') : t('contactFields.editTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" isDisabled={!ready} onPress={save}>
            {t('contacts.save')}
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
        <TextField
          label={t('contactFields.name')}
          value={name}
          onChange={setName}
          maxLength={LONGEST}
          startFocused
        />
        <SelectField
          label={t('contactFields.typeLabel')}
          value={type}
          isDisabled={field !== null}
          options={ContactFieldType.options.map((each) => ({
            value: each,
            label: t(`contactFields.type.${each}`),
          }))}
          onChange={(next) => {
            const chosen = ContactFieldType.safeParse(next);
            if (chosen.success) setType(chosen.data);
          }}
        />
        {hasChoices ? (
          <div role="group" aria-label={t('contactFields.choices')} className={styles['form']}>
            {choices.map((choice, index) => (
              <div key={choice.id} className={styles['choiceRow']}>
                <input
                  dir="auto"
                  className={styles['input']}
                  aria-label={t('contactFields.choice', { number: index + 1 })}
                  maxLength={LONGEST}
                  value={choice.name}
                  onChange={(event) => {
                    const next = event.currentTarget.value;
                    setChoices(choices.map((each) => (each === choice ? { ...each, name: next } : each)));
                  }}
                />
                <IconButton
                  label={t('contacts.columns.up', { name: choice.name })}
                  isDisabled={index === 0}
                  onPress={() => move(index, index - 1)}
                >
                  <ArrowUp size={14} />
                </IconButton>
                <IconButton
                  label={t('contacts.columns.down', { name: choice.name })}
                  isDisabled={index === choices.length - 1}
                  onPress={() => move(index, index + 1)}
                >
                  <ArrowDown size={14} />
                </IconButton>
                <IconButton
                  label={t('person.removeOf', { name: choice.name })}
                  onPress={() => setChoices(choices.filter((each) => each !== choice))}
                >
                  <X size={14} />
                </IconButton>
              </div>
            ))}
            <Button
              size="small"
              variant="ghost"
              icon={<Plus size={14} />}
              isDisabled={choices.length >= MOST_CHOICES}
              onPress={() => setChoices([...choices, { id: newId(), name: '' }])}
            >
              {t('contactFields.addChoice')}
            </Button>
          </div>
        ) : null}
        {problem === null ? null : (
          <p role="alert" className={styles['error']}>
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}
