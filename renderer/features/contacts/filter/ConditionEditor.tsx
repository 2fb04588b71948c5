import type { ReactNode } from 'react';
import { useId } from 'react';
import { ChannelKind } from '../../../../shared/domain/channel.ts';
import { ConsentPurpose } from '../../../../shared/domain/consent.ts';
import type { ContactCondition } from '../../../../shared/domain/contact-filter.ts';
import type { ContactField } from '../../../../shared/domain/contact-field.ts';
import { t } from '../../../i18n/t.ts';
import { useContactFields } from '../../../lib/queries/contacts.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import styles from './Filter.module.css';
import type { Subject } from './filterDraft.ts';
import { operatorsOf, startOf, subjectOf, SUBJECTS, TEXT_OPERATORS } from './filterDraft.ts';

export interface ConditionEditorProps {
  readonly condition: ContactCondition;
  /** The label that a condition about labels begins with. */
  readonly firstLabel: string;
  readonly onChange: (condition: ContactCondition) => void;
}

/** What, how, and with which value: three boxes, of which the later follow from the first. */
export function ConditionEditor({ condition, firstLabel, onChange }: ConditionEditorProps): ReactNode {
  const fields = useContactFields();
  return (
    <div className={styles['condition']}>
      <SelectField
        quiet
        label={t('contactFilter.subjectLabel')}
        value={subjectOf(condition)}
        options={SUBJECTS.map((subject) => ({
          value: subject,
          label: t(`contactFilter.subject.${subject}`),
        }))}
        groups={[
          {
            title: t('contactFilter.ownFields'),
            options: fields.map(({ id, name }) => ({ value: `field:${id}`, label: name })),
          },
        ]}
        onChange={(subject) => onChange(startOf(subject as Subject, fields, firstLabel))}
      />
      <Rest condition={condition} fields={fields} onChange={onChange} />
    </div>
  );
}

interface RestProps {
  readonly condition: ContactCondition;
  readonly fields: ReadonlyArray<ContactField>;
  readonly onChange: (condition: ContactCondition) => void;
}

function Rest({ condition, fields, onChange }: RestProps): ReactNode {
  const { labels } = useLookup();
  switch (condition.on) {
    case 'name':
    case 'company':
    case 'phone':
    case 'email':
    case 'language':
    case 'time_zone':
    case 'note':
      return (
        <>
          <Choice
            label={t('contactFilter.opLabel')}
            value={condition.op}
            options={TEXT_OPERATORS.map((op) => ({ value: op, label: t(`contactFilter.op.${op}`) }))}
            onChange={(op) => onChange({ ...condition, op })}
          />
          {condition.op === 'empty' || condition.op === 'not_empty' ? null : (
            <Value value={condition.value} onChange={(value) => onChange({ ...condition, value })} />
          )}
        </>
      );
    case 'field': {
      const field = fields.find(({ id }) => id === condition.fieldId);
      return field === undefined ? (
        <span>{t('contactFilter.fieldGone')}</span>
      ) : (
        <FieldRest condition={condition} field={field} onChange={onChange} />
      );
    }
    case 'label':
      return (
        <>
          <Has value={condition.op} onChange={(op) => onChange({ ...condition, op })} />
          <Choice
            label={t('contactFilter.valueLabel')}
            value={condition.labelId}
            options={[...labels.values()].flatMap(({ id, name, deleted }) =>
              deleted && id !== condition.labelId ? [] : [{ value: id, label: name }],
            )}
            onChange={(labelId) => onChange({ ...condition, labelId })}
          />
        </>
      );
    case 'channel':
      return (
        <>
          <Has value={condition.op} onChange={(op) => onChange({ ...condition, op })} />
          <Choice
            label={t('contactFilter.valueLabel')}
            value={condition.channelKind}
            options={ChannelKind.options.map((kind) => ({
              value: kind,
              label: t(`contacts.channel.${kind}`),
            }))}
            onChange={(channelKind) => onChange({ ...condition, channelKind })}
          />
        </>
      );
    case 'blocked':
    case 'restricted':
    case 'has_conversation':
      return (
        <Choice
          label={t('contactFilter.valueLabel')}
          value={condition.is ? 'yes' : 'no'}
          options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`contacts.${value}`) }))}
          onChange={(value) => onChange({ ...condition, is: value === 'yes' })}
        />
      );
    case 'consent':
      return (
        <>
          <Choice
            label={t('contactFilter.purposeLabel')}
            value={condition.purpose}
            options={ConsentPurpose.options.map((purpose) => ({
              value: purpose,
              label: t(`person.purpose.${purpose}`),
            }))}
            onChange={(purpose) => onChange({ ...condition, purpose })}
          />
          <Choice
            label={t('contactFilter.valueLabel')}
            value={condition.state}
            options={(['given', 'withdrawn', 'unknown'] as const).map((state) => ({
              value: state,
              label: t(`person.consentState.${state}`),
            }))}
            onChange={(state) => onChange({ ...condition, state })}
          />
        </>
      );
    case 'created':
    case 'last_message':
      return <When condition={condition} onChange={onChange} />;
  }
}

function FieldRest({
  condition,
  field,
  onChange,
}: {
  readonly condition: Extract<ContactCondition, { on: 'field' }>;
  readonly field: ContactField;
  readonly onChange: (condition: ContactCondition) => void;
}): ReactNode {
  const set = (value: string): void => onChange({ ...condition, value });
  const needsValue = condition.op !== 'empty' && condition.op !== 'not_empty';
  return (
    <>
      <Choice
        label={t('contactFilter.opLabel')}
        value={condition.op}
        options={operatorsOf(field).map((op) => ({ value: op, label: t(`contactFilter.op.${op}`) }))}
        onChange={(op) => onChange({ ...condition, op })}
      />
      {!needsValue ? null : field.type === 'choice' || field.type === 'choices' ? (
        <Choice
          label={t('contactFilter.valueLabel')}
          value={condition.value}
          options={field.choices.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={set}
        />
      ) : field.type === 'boolean' ? (
        <Choice
          label={t('contactFilter.valueLabel')}
          value={condition.value}
          options={[
            { value: 'true', label: t('contacts.yes') },
            { value: 'false', label: t('contacts.no') },
          ]}
          onChange={set}
        />
      ) : (
        <Value
          value={condition.value}
          type={field.type === 'date' ? 'date' : field.type === 'number' ? 'number' : 'text'}
          onChange={set}
        />
      )}
    </>
  );
}

const WHEN = ['within_days', 'older_than_days', 'before', 'after'] as const;
const DAY = 86_400_000;

function When({
  condition,
  onChange,
}: {
  readonly condition: Extract<ContactCondition, { on: 'created' | 'last_message' }>;
  readonly onChange: (condition: ContactCondition) => void;
}): ReactNode {
  const byDays = condition.op === 'within_days' || condition.op === 'older_than_days';
  return (
    <>
      <Choice
        label={t('contactFilter.opLabel')}
        value={condition.op}
        options={WHEN.map((op) => ({ value: op, label: t(`contactFilter.op.${op}`) }))}
        onChange={(op) => {
          const days = op === 'within_days' || op === 'older_than_days';
          const value = days === byDays ? condition.value : days ? 30 : dayStart(Date.now() - 30 * DAY);
          onChange({ ...condition, op, value });
        }}
      />
      {byDays ? (
        <Value
          type="number"
          value={condition.value === 0 ? '' : String(condition.value)}
          after={t('contactFilter.days')}
          onChange={(text) =>
            onChange({ ...condition, value: Math.min(36_500, Math.trunc(Number(text)) || 0) })
          }
        />
      ) : (
        <Value
          type="date"
          value={dayOf(condition.value)}
          onChange={(day) => {
            // Without a zone behind it, a day with a time is local.
            const at = Date.parse(`${day}T00:00`);
            onChange({ ...condition, value: Number.isNaN(at) ? 0 : Math.max(0, at) });
          }}
        />
      )}
    </>
  );
}

function dayStart(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** The local day of a time, as a box for days has it. */
function dayOf(at: number): string {
  if (at === 0) return '';
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function Has({
  value,
  onChange,
}: {
  readonly value: 'has' | 'has_not';
  readonly onChange: (value: 'has' | 'has_not') => void;
}): ReactNode {
  return (
    <Choice
      label={t('contactFilter.opLabel')}
      value={value}
      options={(['has', 'has_not'] as const).map((op) => ({ value: op, label: t(`contactFilter.op.${op}`) }))}
      onChange={onChange}
    />
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: ReadonlyArray<{ readonly value: Value; readonly label: string }>;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>): ReactNode {
  return (
    <SelectField
      quiet
      label={label}
      value={value}
      options={options}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    />
  );
}

function Value({
  value,
  type = 'text',
  after,
  onChange,
}: {
  readonly value: string;
  readonly type?: 'text' | 'number' | 'date';
  readonly after?: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <span className={styles['value']}>
      <VisuallyHidden>
        <label htmlFor={id}>{t('contactFilter.valueLabel')}</label>
      </VisuallyHidden>
      <input
        id={id}
        type={type}
        dir="auto"
        min={type === 'number' && after !== undefined ? 1 : undefined}
        step={type === 'number' ? 'any' : undefined}
        className={styles['input']}
        data-type={type}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value.slice(0, 400))}
      />
      {after}
    </span>
  );
}
