import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { language } from '../i18n/t.ts';
import type { Bridge } from '../lib/bridge/bridge.ts';
import { BridgeProvider } from '../lib/bridge/context.ts';
import { followChanges } from '../lib/queries/changes.ts';
import { createQueryClient } from '../lib/queries/client.ts';
import { LocaleProvider } from '../ui/LocaleProvider.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { LinkQuestion } from './LinkQuestion.tsx';
import { Notices } from './Notices.tsx';
import { Phase } from './Phase.tsx';

/** The whole page: everything that the rest may count on, around the screen of the current phase. */
export function App({ bridge }: { readonly bridge: Bridge }): ReactNode {
  const [client] = useState(createQueryClient);
  useEffect(() => followChanges(bridge, client), [bridge, client]);
  return (
    <ErrorBoundary>
      <BridgeProvider value={bridge}>
        <QueryClientProvider client={client}>
          <LocaleProvider locale={language()}>
            <Phase />
            <LinkQuestion />
            <Notices />
          </LocaleProvider>
        </QueryClientProvider>
      </BridgeProvider>
    </ErrorBoundary>
  );
}
