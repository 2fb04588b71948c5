import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { Settings } from '../../shared/contract/settings.ts';
import type { Bridge } from '../lib/bridge/bridge.ts';
import { BridgeProvider } from '../lib/bridge/context.ts';
import { followChanges } from '../lib/queries/changes.ts';
import { createQueryClient } from '../lib/queries/client.ts';
import { keys } from '../lib/queries/keys.ts';
import { followLeaving } from '../lib/leaving.ts';
import { followLock, startAnew } from '../lib/lock.ts';
import { followCarried } from '../lib/stores/carried.ts';
import { followRefusedUndo } from '../lib/undo/refused.ts';
import { LocaleProvider } from '../ui/LocaleProvider.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { LinkQuestion } from './LinkQuestion.tsx';
import { useLook } from './look.ts';
import { Notices } from './Notices.tsx';
import { Phase } from './Phase.tsx';
import { useKeptFocus } from './useKeptFocus.ts';

export interface AppProps {
  readonly bridge: Bridge;
  /** As they were when the page was started. */
  readonly settings: Settings;
}

/** The whole page: everything that the rest may count on, around the screen of the current phase. */
export function App({ bridge, settings }: AppProps): ReactNode {
  const [client] = useState(() => {
    const made = createQueryClient();
    made.setQueryData(keys.settings, settings);
    return made;
  });
  useEffect(() => followChanges(bridge, client, startAnew), [bridge, client]);
  useEffect(() => followLock(bridge), [bridge]);
  useEffect(() => followLeaving(bridge), [bridge]);
  useEffect(() => followCarried(bridge), [bridge]);
  useEffect(() => followRefusedUndo(bridge), [bridge]);
  return (
    <ErrorBoundary>
      <BridgeProvider value={bridge}>
        <QueryClientProvider client={client}>
          <Spoken />
        </QueryClientProvider>
      </BridgeProvider>
    </ErrorBoundary>
  );
}

/** `t` is a plain function, so a new language makes everything anew: nothing can be left over in the old one. */
function Spoken(): ReactNode {
  const language = useLook();
  useKeptFocus(language);
  return (
    <LocaleProvider key={language} locale={language}>
      <Phase />
      <LinkQuestion />
      <Notices />
    </LocaleProvider>
  );
}
