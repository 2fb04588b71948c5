import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Channel } from '../../../../shared/domain/channel.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useLookup, useReady } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';

/** Who uses a channel past the official interface is told so, until they say that they have understood: once, on whatever device. */
export function ChannelNotice({ channel }: { readonly channel: Channel }): ReactNode {
  const bridge = useBridge();
  const { me } = useReady();
  const { users } = useLookup();
  // Said a moment ago: the gateway has not told it back yet.
  const [isSaid, setSaid] = useState(false);
  const user = users.get(me.id);
  const isKnown = user?.acknowledged?.some(({ notice }) => notice === 'unofficial_channel') === true;
  if (channel.official || channel.kind !== 'whatsapp' || user === undefined || isKnown || isSaid) return null;
  return (
    <aside aria-label={t('trust.unofficial.title')}>
      <Banner
        tone="warn"
        icon={<Unplug size={16} />}
        action={
          <Button
            size="small"
            onPress={() => {
              bridge.call('notice.acknowledge', { notice: 'unofficial_channel' }).then(
                () => setSaid(true),
                (error: unknown) => useNotices.getState().show(callWords(error)),
              );
            }}
          >
            {t('trust.unofficial.understood')}
          </Button>
        }
      >
        {t('trust.unofficial.text', { name: channel.name })}
      </Banner>
    </aside>
  );
}
