/** Custom fields are defined by owners. */
import { Refusal } from '../errors.ts';
import type { CommandContext, DataOf } from './command-context.ts';

export function saveField(context: CommandContext, { field }: DataOf<'field.save'>): number | null {
  const { store, viewer, now } = context;
  ownersOnly(context);
  const name = field.name.trim();
  if (name === '') throw new Refusal('invalid', 'field.name');
  const hasChoices = field.type === 'choice' || field.type === 'choices';
  if (hasChoices !== field.choices.length > 0) throw new Refusal('invalid', 'field.choices');
  const ids = new Set(field.choices.map((choice) => choice.id));
  // Ids are put together with commas.
  if (ids.size !== field.choices.length || [...ids].some((id) => id.includes(','))) {
    throw new Refusal('invalid', 'field.choices');
  }
  const known = store.fields.get(field.id);
  if (known !== null && known.ws !== viewer.ws) throw new Refusal('conflict', 'the field id is taken');
  if (known !== null && known.field.type !== field.type) {
    throw new Refusal('conflict', 'the type of a field stays');
  }
  const next = { ...field, name, deleted: false };
  if (known !== null && JSON.stringify({ ...next, rev: known.field.rev }) === JSON.stringify(known.field)) {
    return null;
  }
  return store.fields.save(viewer.ws, next, now);
}

/** The values stay at the contacts, and are shown again when the field comes back under its id. */
export function deleteField(context: CommandContext, { fieldId }: DataOf<'field.delete'>): number | null {
  const { store, viewer, now } = context;
  ownersOnly(context);
  const known = store.fields.get(fieldId);
  if (known === null || known.ws !== viewer.ws) throw new Refusal('not_found', 'field');
  if (known.field.deleted) return null;
  return store.fields.save(viewer.ws, { ...known.field, deleted: true }, now);
}

function ownersOnly({ viewer }: CommandContext): void {
  if (viewer.role !== 'owner') throw new Refusal('forbidden');
}
