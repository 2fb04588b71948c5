import { KeyRound, ShieldAlert, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo, useState } from 'react';
import { t } from '../../i18n/t.ts';
import { useReady } from '../../lib/queries/hooks.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

/** What everyone at this window has to know, above the panes: an unsafe key, a repaired cache. */
export const Banners = memo(function Banners(): ReactNode {
  const { keyWarning, recovered } = useReady();
  const [dismissed, setDismissed] = useState<number | null>(null);
  if (keyWarning === null && (recovered === null || recovered.at === dismissed)) return null;
  return (
    <aside aria-label={t('app.notices')}>
      {keyWarning === null ? null : (
        <Banner
          tone="warn"
          icon={keyWarning === 'plain_key_file' ? <KeyRound size={16} /> : <ShieldAlert size={16} />}
        >
          {keyWarning === 'plain_key_file' ? t('app.keyFileBanner') : t('app.weakBackendBanner')}
        </Banner>
      )}
      {recovered === null || recovered.at === dismissed ? null : (
        <Banner
          tone="neutral"
          icon={<Wrench size={16} />}
          action={
            <Button size="small" variant="ghost" onPress={() => setDismissed(recovered.at)}>
              {t('startup.recovered.dismiss')}
            </Button>
          }
        >
          {t('startup.recovered.text', {
            outbox: t('startup.recovered.outbox', { count: recovered.outbox }),
            drafts: t('startup.recovered.drafts', { count: recovered.drafts }),
            file: recovered.setAside,
          })}
        </Banner>
      )}
    </aside>
  );
});
