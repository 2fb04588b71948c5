/** The library: things of the team are written by supervisors and owners, personal ones by their owner alone. */
import type { LibraryItem } from '../../../shared/domain/library.ts';
import { seesEverything } from '../../store/visibility.ts';
import { Refusal } from '../errors.ts';
import type { CommandContext, DataOf } from './command-context.ts';
import { visibleConversation } from './command-context.ts';

/** Makes or replaces a thing. Under the id of a deleted one it comes back; scope and kind stay what they were. */
export function saveItem(context: CommandContext, data: DataOf<'library.save'>): number | null {
  const { store, viewer, now } = context;
  const { itemId: id, scope, content } = data;
  const known = writable(context, id);
  if (scope === 'team' && !seesEverything(viewer)) throw new Refusal('forbidden');
  if (known !== null && (known.scope !== scope || known.content.kind !== content.kind)) {
    throw new Refusal('conflict', 'the scope and the kind of a thing do not change');
  }
  if (content.kind === 'pin') checkPin(context, id, scope, content.conversationId);
  const item = { id, scope, ownerId: known?.ownerId ?? viewer.userId, content, deleted: false };
  if (known !== null && JSON.stringify({ ...item, rev: known.rev }) === JSON.stringify(known)) return null;
  return store.library.save(viewer.ws, item, now);
}

export function deleteItem(context: CommandContext, data: DataOf<'library.delete'>): number | null {
  const { store, viewer, now } = context;
  const item = writable(context, data.itemId);
  if (item === null) throw new Refusal('not_found');
  if (item.deleted) return null;
  return store.library.save(viewer.ws, { ...item, deleted: true }, now);
}

/** The item of this id, null when there is none; refused when it is not this user's to write. */
function writable({ store, viewer }: CommandContext, id: string): LibraryItem | null {
  const row = store.library.get(id);
  if (row === null) return null;
  const { item, ws } = row;
  if (ws !== viewer.ws || (item.scope === 'personal' && item.ownerId !== viewer.userId)) {
    throw new Refusal('not_found');
  }
  if (item.scope === 'team' && !seesEverything(viewer)) throw new Refusal('forbidden');
  return item;
}

/** A pin is personal and on a conversation that the user sees. A second one on it, from another desktop, takes the first one's place. */
function checkPin(
  context: CommandContext,
  id: string,
  scope: LibraryItem['scope'],
  conversationId: string,
): void {
  const { store, viewer, now } = context;
  if (scope !== 'personal') throw new Refusal('invalid', 'a pin is personal');
  visibleConversation(context, conversationId);
  const other = store.library.pinOf(viewer.userId, conversationId);
  if (other !== null && other.id !== id) store.library.save(viewer.ws, { ...other, deleted: true }, now);
}
