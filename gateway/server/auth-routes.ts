/** Sign-in, refresh and sign-out over HTTP (protocol README, section 1). */
import type { FastifyInstance } from 'fastify';
import { RefreshRequest, SignInRequest } from '../../shared/protocol/session.ts';
import { bearer } from './bearer.ts';
import type { ServerContext, SessionEnd } from './context.ts';
import { AuthRefusal } from './errors.ts';
import { createSignIn } from './sign-in.ts';

export function registerAuth(
  app: FastifyInstance,
  context: ServerContext,
  /** Says goodbye to the sockets of a device. */
  endDevice: (deviceId: string, kind: SessionEnd) => void,
): void {
  const { store } = context;
  const signIn = createSignIn(context);

  app.post('/v1/auth/sign-in', async (request, reply) => {
    const parsed = SignInRequest.safeParse(request.body);
    if (!parsed.success) throw new AuthRefusal('invalid', 400);
    const answer = await signIn(parsed.data, request.ip);
    return reply.header('cache-control', 'no-store').send(answer);
  });

  app.post('/v1/auth/refresh', async (request, reply) => {
    const parsed = RefreshRequest.safeParse(request.body);
    if (!parsed.success) throw new AuthRefusal('invalid', 400);
    const outcome = store.sessions.refresh(parsed.data.refreshToken, context.now(), context.tokenLife);
    if (!outcome.ok) {
      if (outcome.deviceId !== null) endDevice(outcome.deviceId, outcome.kind);
      throw new AuthRefusal(outcome.kind);
    }
    return reply.header('cache-control', 'no-store').send({ tokens: outcome.tokens });
  });

  app.post('/v1/auth/sign-out', async (request, reply) => {
    const { session } = bearer(context, request);
    store.sessions.end(session.sessionId, context.now());
    endDevice(session.deviceId, 'session_expired');
    return reply.code(204).send();
  });
}
