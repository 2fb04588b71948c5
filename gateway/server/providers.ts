/** The providers that this gateway comes with. */
import { createLoopback } from '../providers/loopback.ts';
import type { ProviderFactory } from './provider-host.ts';

export const providerFactories: readonly ProviderFactory[] = [
  (context) => ({ provider: createLoopback(context.now) }),
];
