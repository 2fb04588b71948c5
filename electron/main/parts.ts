/** Electron's composition root: the instances that electron/app gets as ports. The same as in electron/loopback. */
import type { Parts } from '../app/parts.ts';
import { eventLog } from '../app/log.ts';
import { openCache } from '../cache/open.ts';
import { recoverCache } from '../cache/recover.ts';
import { writeAtomically } from '../keys/atomic-file.ts';
import { createKeyRing } from '../keys/key-ring.ts';
import { createGatewayHttp } from '../sync/gateway-http.ts';
import { systemClock } from '../sync/ports.ts';
import { createSyncSession } from '../sync/session.ts';
import { connectSocketIo } from '../sync/socket-io.ts';

export const parts: Parts = {
  openCache,
  recoverCache,
  writeAtomically,
  createKeyRing,
  createSync: ({ log, ...options }) =>
    createSyncSession({
      ...options,
      clock: systemClock,
      random: Math.random,
      socketFactory: connectSocketIo,
      http: createGatewayHttp({ gateway: options.session.gateway }),
      log: eventLog(log),
      // The session has stored them in the cache already.
      onTokens: () => undefined,
    }),
  gatewayHttp: (gateway) => createGatewayHttp({ gateway }),
};
