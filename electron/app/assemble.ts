/** Puts the ports together from the instances that a composition root (electron/main, electron/loopback) hands in. */
import type { SyncSession, SyncSessionOptions } from '../sync/session.ts';
import { eventLog } from './log.ts';
import type { Parts } from './parts.ts';

export type Instances = Omit<Parts, 'createSync' | 'gatewayHttp'> &
  Pick<SyncSessionOptions, 'clock' | 'socketFactory'> & {
    createSyncSession(options: SyncSessionOptions): SyncSession;
    createGatewayHttp(options: { gateway: string }): ReturnType<Parts['gatewayHttp']>;
  };

export function assemble(instances: Instances): Parts {
  const { clock, socketFactory, createSyncSession, createGatewayHttp, ...ports } = instances;
  return {
    ...ports,
    createSync: ({ log, ...options }) =>
      createSyncSession({
        ...options,
        clock,
        random: Math.random,
        socketFactory,
        http: createGatewayHttp({ gateway: options.session.gateway }),
        log: eventLog(log),
        // The session has stored them in the cache already.
        onTokens: () => undefined,
      }),
    gatewayHttp: (gateway) => createGatewayHttp({ gateway }),
  };
}
