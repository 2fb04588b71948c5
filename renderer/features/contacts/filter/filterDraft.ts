import type { ContactField } from '../../../../shared/domain/contact-field.ts';
import type {
  ContactCondition,
  ContactFilter,
  ContactGroup,
} from '../../../../shared/domain/contact-filter.ts';

export type Entry = ContactCondition | ContactGroup;
/** Where an entry is: the index in each group, from the outermost. */
export type Path = ReadonlyArray<number>;

/** Groups in groups, as deep as the contract lets them lie. */
export const DEEPEST = 4;

export function isGroup(entry: Entry): entry is ContactGroup {
  return 'match' in entry;
}

/** The filter with something else in the place of an entry; null takes it out. The path of no steps is the filter itself. */
export function replaced(filter: ContactFilter, path: Path, entry: Entry | null): ContactFilter {
  const [at, ...rest] = path;
  if (at === undefined) return entry !== null && isGroup(entry) ? entry : filter;
  const conditions = filter.conditions.flatMap((each, index): Entry[] => {
    if (index !== at) return [each];
    if (rest.length === 0) return entry === null ? [] : [entry];
    return [isGroup(each) ? replaced(each, rest, entry) : each];
  });
  return { ...filter, conditions };
}

/** The filter with one more entry at the end of the group at a path. */
export function added(filter: ContactFilter, path: Path, entry: Entry): ContactFilter {
  const [at, ...rest] = path;
  if (at === undefined) return { ...filter, conditions: [...filter.conditions, entry] };
  return {
    ...filter,
    conditions: filter.conditions.map((each, index) =>
      index === at && isGroup(each) ? added(each, rest, entry) : each,
    ),
  };
}

const NEEDS_NO_VALUE: ReadonlySet<string> = new Set(['empty', 'not_empty']);

/** What can be asked already: conditions that still lack their value, and groups with nothing in them, are left out. */
export function complete(filter: ContactFilter): ContactFilter {
  return {
    ...filter,
    conditions: filter.conditions.flatMap((entry): Entry[] => {
      if (!isGroup(entry)) return isComplete(entry) ? [entry] : [];
      const inner = complete(entry);
      return inner.conditions.length === 0 ? [] : [inner];
    }),
  };
}

function isComplete(condition: ContactCondition): boolean {
  switch (condition.on) {
    case 'label':
      return condition.labelId !== '';
    case 'field':
      return condition.fieldId !== '' && (NEEDS_NO_VALUE.has(condition.op) || condition.value !== '');
    case 'name':
    case 'company':
    case 'phone':
    case 'email':
    case 'language':
    case 'time_zone':
    case 'note':
      return NEEDS_NO_VALUE.has(condition.op) || condition.value.trim() !== '';
    case 'created':
    case 'last_message':
      return condition.value > 0;
    case 'channel':
    case 'blocked':
    case 'restricted':
    case 'has_conversation':
    case 'consent':
      return true;
  }
}

/** What a condition can be about: our own words, or `field:` and an id. */
export type Subject = ContactCondition['on'] | `field:${string}`;

export const SUBJECTS = [
  'name',
  'company',
  'phone',
  'email',
  'label',
  'consent',
  'channel',
  'last_message',
  'has_conversation',
  'blocked',
  'restricted',
  'language',
  'time_zone',
  'note',
  'created',
] as const satisfies ReadonlyArray<Subject>;

export function subjectOf(condition: ContactCondition): Subject {
  return condition.on === 'field' ? `field:${condition.fieldId}` : condition.on;
}

/** A condition to start from. `firstLabel`: the label that is offered; empty where there is none. */
export function startOf(
  subject: Subject,
  fields: ReadonlyArray<ContactField>,
  firstLabel: string,
): ContactCondition {
  switch (subject) {
    case 'name':
    case 'company':
    case 'phone':
    case 'email':
    case 'language':
    case 'time_zone':
    case 'note':
      return { on: subject, op: 'contains', value: '' };
    case 'label':
      return { on: 'label', op: 'has', labelId: firstLabel };
    case 'channel':
      return { on: 'channel', op: 'has', channelKind: 'whatsapp' };
    case 'blocked':
    case 'restricted':
    case 'has_conversation':
      return { on: subject, is: true };
    case 'consent':
      return { on: 'consent', purpose: 'marketing', state: 'given' };
    case 'created':
    case 'last_message':
      return { on: subject, op: 'within_days', value: 30 };
    default: {
      const fieldId = subject.slice('field:'.length);
      const field = fields.find(({ id }) => id === fieldId);
      const [op = 'is'] = field === undefined ? ['is' as const] : operatorsOf(field);
      const value =
        field?.type === 'boolean'
          ? 'true'
          : field?.type === 'choice' || field?.type === 'choices'
            ? (field.choices[0]?.id ?? '')
            : '';
      return { on: 'field', fieldId, op, value };
    }
  }
}

type FieldOperator = Extract<ContactCondition, { on: 'field' }>['op'];
export const TEXT_OPERATORS = ['contains', 'is', 'is_not', 'starts_with', 'empty', 'not_empty'] as const;

/** How a custom field can be compared. */
export function operatorsOf(field: Pick<ContactField, 'type'>): ReadonlyArray<FieldOperator> {
  switch (field.type) {
    case 'number':
      return ['is', 'less', 'more', 'empty', 'not_empty'];
    case 'date':
      return ['is', 'before', 'after', 'empty', 'not_empty'];
    case 'choice':
      return ['is', 'is_not', 'empty', 'not_empty'];
    case 'choices':
      return ['has', 'has_not', 'empty', 'not_empty'];
    case 'boolean':
      return ['is', 'empty', 'not_empty'];
    case 'text':
    case 'link':
    case 'email':
    case 'phone':
      return TEXT_OPERATORS;
  }
}
