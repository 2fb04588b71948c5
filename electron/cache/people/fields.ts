/** Custom fields as they are shown: the gateway's, with those that were defined or deleted here and are still to be sent. */
import type { ContactField } from '../../../shared/domain/contact-field.ts';
import type { ReadableDb } from '../sql.ts';
import { pendingOf } from './pending-read.ts';

export function readFields(db: ReadableDb): ContactField[] {
  const rows = db.all<{ json: string }>`SELECT json FROM directory WHERE kind = 'field'`;
  const fields = new Map<string, ContactField>();
  for (const { json } of rows) {
    const field = JSON.parse(json) as ContactField;
    fields.set(field.id, field);
  }
  for (const { command } of pendingOf(db, ['field.save', 'field.delete'])) {
    if (command.type === 'field.save') {
      const { field } = command.data;
      fields.set(field.id, { ...field, deleted: false, rev: fields.get(field.id)?.rev ?? 0 });
    } else if (command.type === 'field.delete') {
      const known = fields.get(command.data.fieldId);
      if (known !== undefined) fields.set(known.id, { ...known, deleted: true });
    }
  }
  return [...fields.values()].toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}
