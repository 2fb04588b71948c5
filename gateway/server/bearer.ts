/** The access token of an HTTP request. */
import type { FastifyRequest } from 'fastify';
import type { Session } from '../store/sessions.ts';
import type { Viewer } from '../store/visibility.ts';
import type { ServerContext } from './context.ts';
import { AuthRefusal } from './errors.ts';

/** Whose request this is. Throws an `AuthRefusal` when the token is missing, unknown, expired or ended. */
export function bearer(
  context: ServerContext,
  request: FastifyRequest,
): { session: Session; viewer: Viewer } {
  const match = /^Bearer ([\w-]{1,4096})$/iu.exec(request.headers.authorization ?? '');
  if (match?.[1] === undefined) throw new AuthRefusal('session_expired');
  const checked = context.store.sessions.check(match[1], context.now());
  if (!checked.ok) throw new AuthRefusal(checked.kind);
  const viewer = context.store.people.viewer(checked.session.userId);
  if (viewer === null) throw new AuthRefusal('user_disabled');
  return { session: checked.session, viewer };
}
