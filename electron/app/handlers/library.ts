import { newId } from '../../../shared/domain/id.ts';
import type { Context, Handlers } from '../context.ts';
import { failure } from '../failures.ts';
import { enqueue } from './command.ts';

/** The gateway would refuse it as well: here the page is told at once. */
function mayWrite(context: Context, scope: 'team' | 'personal'): void {
  if (scope === 'team' && context.ready().session.me.role === 'agent') {
    throw failure('forbidden', 'things of the team are written by supervisors and owners');
  }
}

export const libraryHandlers = {
  'library.list': async (_input, { ready }) => ready().cache.read.library(),
  'library.save': async ({ itemId: given, scope, content }, context) => {
    mayWrite(context, scope);
    const itemId = given ?? newId();
    await enqueue(context, 'library.save', { itemId, scope, content });
    return { itemId };
  },
  'library.delete': async ({ itemId }, context) => {
    const item = (await context.ready().cache.read.library()).find(({ id }) => id === itemId);
    if (item === undefined) throw failure('not_found', 'no such thing in the library');
    mayWrite(context, item.scope);
    await enqueue(context, 'library.delete', { itemId });
    return {};
  },
} satisfies Partial<Handlers>;
