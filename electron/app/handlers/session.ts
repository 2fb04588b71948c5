import type { Context, Handlers } from '../context.ts';
import { failure } from '../failures.ts';

/** Calls with the tokens as they are now: sync renews them while it runs. */
async function withTokens(context: Context) {
  const session = await context.cache().read.session();
  if (session === null) throw failure('not_ready', 'nobody is signed in');
  return { session, http: context.gatewayHttp(session.gateway), token: session.tokens.accessToken };
}

export const sessionHandlers = {
  'session.signIn': async (input, { life }) => {
    await life.signIn(input);
    return {};
  },
  'session.unsent': async (_input, { cache }) => cache().read.unsentWork(),
  'session.signOut': async (input, { life, imports, backups }) => {
    // Nothing may be written any more into what is about to be emptied.
    await Promise.all([imports.pause(), backups.pause()]);
    try {
      await life.signOut(input);
    } catch (error) {
      imports.resume();
      if (life.ready() !== null) backups.resume();
      throw error;
    }
    return {};
  },
  'session.devices': async (_input, context) => {
    const { http, token, session } = await withTokens(context);
    return http.devices(token, session.me.role === 'agent' ? 'me' : 'workspace');
  },
  'session.revokeDevice': async ({ deviceId }, context) => {
    const { http, token, session } = await withTokens(context);
    // This one is left by signing out, which also says what becomes of unsent messages.
    if (deviceId === session.deviceId) throw failure('forbidden', 'this is the device in use');
    await http.revokeDevice(token, deviceId);
    return {};
  },
  'session.wipeDevice': async ({ deviceId }, context) => {
    const { http, token, session } = await withTokens(context);
    // The one in use is reported as lost, which also says what becomes of unsent messages.
    if (deviceId === session.deviceId) throw failure('forbidden', 'this is the device in use');
    await http.wipeDevice(token, deviceId);
    return {};
  },
} satisfies Partial<Handlers>;
