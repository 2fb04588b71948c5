/** A filter of contacts as one SQL condition over `people p`. Names of columns come from the lists below, every value is a parameter. */
import type { ContactCondition, ContactFilter, ContactGroup } from '../../../shared/domain/contact-filter.ts';
import { DAY } from '../../../shared/domain/time.ts';
import type { Value } from '../sql.ts';
import { NOTE } from './derive.ts';
import { foldTrimmed } from './fold.ts';
import { numberVariants } from './numbers.ts';

export type Condition = { sql: string; values: Value[] };

type Of<K, C = ContactCondition> = C extends { on: infer On } ? (K extends On ? C : never) : never;
type TextOperator = Of<'name'>['op'];

const COLUMNS = {
  name: 'p.name',
  company: 'p.company',
  language: 'p.language',
  time_zone: 'p.time_zone',
} as const;
const TIMES = { created: 'p.created_at', last_message: 'p.last_message_at' } as const;
const FLAGS = {
  blocked: 'p.blocked',
  restricted: 'p.restricted',
  has_conversation: 'p.conversations > 0',
} as const;
const PURPOSES = { marketing: 'p.marketing', service: 'p.service' } as const;

const ALL: Condition = { sql: '1', values: [] };

export function compileFilter(filter: ContactFilter, now: number): Condition {
  return compileGroup(filter, now);
}

function compileGroup({ match, not, conditions }: ContactGroup, now: number): Condition {
  const parts = conditions.map((one) => ('match' in one ? compileGroup(one, now) : compileOne(one, now)));
  // An empty group lets all through, whatever it is asked for.
  if (parts.length === 0) return ALL;
  const sql = parts.map((part) => part.sql).join(match === 'all' ? ' AND ' : ' OR ');
  return { sql: not ? `NOT (${sql})` : `(${sql})`, values: parts.flatMap((part) => part.values) };
}

function compileOne(condition: ContactCondition, now: number): Condition {
  switch (condition.on) {
    case 'name':
    case 'company':
    case 'language':
    case 'time_zone':
      return textOf(COLUMNS[condition.on], condition.op, foldTrimmed(condition.value));
    case 'phone':
      return phoneOf(condition.op, condition.value);
    case 'email':
      return anyOf(
        "contact_keys WHERE kind = 'email'",
        'key',
        [],
        condition.op,
        foldTrimmed(condition.value),
      );
    case 'note':
      return valueOf(NOTE, condition.op, foldTrimmed(condition.value));
    case 'field':
      return fieldOf(condition);
    case 'label':
      return negated(condition.op === 'has_not', {
        sql: 'p.ref IN (SELECT ref FROM contact_labels WHERE label_id = ?)',
        values: [condition.labelId],
      });
    case 'channel':
      return negated(condition.op === 'has_not', {
        sql: 'instr(p.channels, ?) > 0',
        values: [` ${condition.channelKind} `],
      });
    case 'blocked':
    case 'restricted':
    case 'has_conversation':
      return negated(!condition.is, { sql: `(${FLAGS[condition.on]})`, values: [] });
    case 'consent':
      return { sql: `${PURPOSES[condition.purpose]} = ?`, values: [condition.state] };
    case 'created':
    case 'last_message':
      return timeOf(TIMES[condition.on], condition.op, condition.value, now);
  }
}

function negated(not: boolean, { sql, values }: Condition): Condition {
  return { sql: not ? `NOT ${sql}` : sql, values };
}

function textOf(column: string, op: TextOperator, value: string): Condition {
  switch (op) {
    case 'is':
      return { sql: `${column} = ?`, values: [value] };
    case 'is_not':
      return { sql: `${column} <> ?`, values: [value] };
    case 'contains':
      return { sql: `instr(${column}, ?) > 0`, values: [value] };
    case 'starts_with':
      return { sql: `substr(${column}, 1, ?) = ?`, values: [[...value].length, value] };
    case 'empty':
      return { sql: `${column} = ''`, values: [] };
    case 'not_empty':
      return { sql: `${column} <> ''`, values: [] };
  }
}

/** Of several values of one contact, any; `is_not`: none of them. `from`: a table with a condition. */
function anyOf(from: string, column: string, values: Value[], op: TextOperator, value: string): Condition {
  if (op === 'empty' || op === 'not_empty') {
    return negated(op === 'empty', { sql: `p.ref IN (SELECT ref FROM ${from})`, values });
  }
  const one = textOf(column, op === 'is_not' ? 'is' : op, value);
  const any = {
    sql: `p.ref IN (SELECT ref FROM ${from} AND ${one.sql})`,
    values: [...values, ...one.values],
  };
  return negated(op === 'is_not', any);
}

function valueOf(fieldId: string, op: TextOperator, value: string): Condition {
  return anyOf('contact_values WHERE field_id = ?', 'value', [fieldId], op, value);
}

function fieldOf({ fieldId, op, value }: Of<'field'>): Condition {
  const holds = (sql: string, values: Value[]): Condition => ({
    sql: `p.ref IN (SELECT ref FROM contact_values WHERE field_id = ? AND ${sql})`,
    values: [fieldId, ...values],
  });
  switch (op) {
    case 'before':
      return holds('value < ?', [value.trim()]);
    case 'after':
      return holds('value > ?', [value.trim()]);
    case 'less':
      return holds('CAST(value AS REAL) < ?', [numberOf(value)]);
    case 'more':
      return holds('CAST(value AS REAL) > ?', [numberOf(value)]);
    case 'has':
    case 'has_not':
      return negated(
        op === 'has_not',
        holds("instr(',' || value || ',', ?) > 0", [`,${foldTrimmed(value)},`]),
      );
    default:
      return valueOf(fieldId, op, foldTrimmed(value));
  }
}

/** Null compares with nothing: no number, nobody. */
function numberOf(text: string): number | null {
  const number = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || Number.isNaN(number) ? null : number;
}

function phoneOf(op: TextOperator, typed: string): Condition {
  if (op === 'empty' || op === 'not_empty') return textOf('p.digits', op, '');
  const variants = numberVariants(typed);
  const place: Record<Exclude<TextOperator, 'empty' | 'not_empty'>, (digits: string) => string> = {
    is: (digits) => ` ${digits} `,
    is_not: (digits) => ` ${digits} `,
    contains: (digits) => digits,
    starts_with: (digits) => ` ${digits}`,
  };
  if (variants.length === 0) return { sql: op === 'is_not' ? '1' : '0', values: [] };
  const any = variants.map(() => 'instr(p.digits, ?) > 0').join(' OR ');
  return negated(op === 'is_not', { sql: `(${any})`, values: variants.map(place[op]) });
}

function timeOf(column: string, op: Of<'created'>['op'], value: number, now: number): Condition {
  switch (op) {
    case 'before':
      return { sql: `${column} < ?`, values: [value] };
    case 'after':
      return { sql: `${column} > ?`, values: [value] };
    case 'within_days':
      return { sql: `${column} >= ?`, values: [now - value * DAY] };
    case 'older_than_days':
      return { sql: `${column} < ?`, values: [now - value * DAY] };
  }
}
