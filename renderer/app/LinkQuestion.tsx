import type { ReactNode } from 'react';
import { linkHost } from '../../shared/text/link-safety.ts';
import { t } from '../i18n/t.ts';
import { useBridge } from '../lib/bridge/context.ts';
import { useLinks } from '../lib/stores/links.ts';
import { useNotices } from '../lib/stores/notices.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './LinkQuestion.module.css';

/** Shows where a link in a message really leads before it is opened outside. */
export function LinkQuestion(): ReactNode {
  const bridge = useBridge();
  const { asked, done } = useLinks();
  const showNotice = useNotices((state) => state.show);
  // What a mail address or a telephone number leads to is said by the address itself.
  const host = asked === null ? null : linkHost(asked);
  const url = asked !== null && URL.canParse(asked) ? new URL(asked) : null;
  return (
    <Dialog
      title={t('inbox.link.title')}
      isOpen={url !== null}
      onClose={done}
      actions={
        <>
          <Button onPress={done}>{t('app.cancel')}</Button>
          <Button
            variant="primary"
            onPress={() => {
              done();
              if (url === null) return;
              bridge.call('link.open', { url: url.href }).catch(() => showNotice(t('inbox.link.failed')));
            }}
          >
            {t('inbox.link.open')}
          </Button>
        </>
      }
    >
      {url === null ? null : (
        <>
          {url.protocol === 'mailto:' || url.protocol === 'tel:' ? null : (
            <p>{t('inbox.link.text', { host: host?.shown ?? url.host })}</p>
          )}
          {host?.disguised === true ? (
            <p className={styles['warning']} role="alert">
              {t('inbox.link.disguised', { host: host.ascii })}
            </p>
          ) : null}
          <p className={styles['address']}>{url.href}</p>
        </>
      )}
    </Dialog>
  );
}
