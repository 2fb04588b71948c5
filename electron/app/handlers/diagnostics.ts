import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts';
import type { Handlers } from '../context.ts';

export const diagnosticsHandlers = {
  'diagnostics.get': async (_input, { cache, version, keyMode }) => ({
    ...(await cache().read.diagnostics()),
    version,
    protocol: PROTOCOL_VERSION,
    keyMode: keyMode(),
  }),
} satisfies Partial<Handlers>;
