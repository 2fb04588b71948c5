import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts';
import { offerSupportBundle, reportOf } from '../diagnostics/report.ts';
import type { Handlers } from '../context.ts';

export const diagnosticsHandlers = {
  'diagnostics.get': async (_input, { cache, version, keyMode }) => ({
    ...(await cache().read.diagnostics()),
    version,
    protocol: PROTOCOL_VERSION,
    keyMode: keyMode(),
  }),
  'diagnostics.report': async (_input, context) => reportOf(context),
  'diagnostics.bundle': async (_input, context) => offerSupportBundle(context),
} satisfies Partial<Handlers>;
