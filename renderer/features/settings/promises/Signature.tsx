import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { count, dayAndTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import type { RetentionView } from '../../../lib/queries/retention.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import styles from '../retention/Retention.module.css';

export interface SignatureProps {
  readonly view: RetentionView;
  readonly onTrusted: () => void;
}

/** Whether it can be believed that the gateway said this, and by which key. An owner may believe another one. */
export function Signature({ view, onTrusted }: SignatureProps): ReactNode {
  const bridge = useBridge();
  const [isAsked, setAsked] = useState(false);
  const { doubt, key, offered } = view.signature;
  const trust = (): void => {
    setAsked(false);
    if (offered === null) return;
    bridge
      .call('policy.trustKey', { publicKey: offered.publicKey })
      .then(onTrusted, (error: unknown) => useNotices.getState().show(callWords(error)));
  };
  return (
    <>
      <p className={styles['text']}>
        {key === null
          ? t('trust.signature.none')
          : t('trust.signature.by', { key: key.fingerprint, day: dayAndTime(key.since) })}
      </p>
      {doubt === null ? null : (
        <Banner
          tone="danger"
          icon={<KeyRound size={16} />}
          action={
            offered !== null && doubt.signature === 'other_key' && view.mayEdit ? (
              <Button size="small" onPress={() => setAsked(true)}>
                {t('trust.signature.believe')}
              </Button>
            ) : null
          }
        >
          {t(`trust.signature.${doubt.signature}`, { version: count(doubt.version) })}{' '}
          {t('trust.signature.strictest')}{' '}
          {offered !== null && doubt.signature === 'other_key'
            ? t('trust.signature.offered', { key: offered.fingerprint })
            : null}{' '}
          {doubt.signature === 'other_key' && !view.mayEdit ? t('trust.signature.ownersOnly') : null}
        </Banner>
      )}
      <DangerDialog
        title={t('trust.signature.askTitle')}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('trust.signature.believe')}
        onAction={trust}
      >
        <p>{t('trust.signature.ask')}</p>
        <p>
          <strong>{offered?.fingerprint}</strong>
        </p>
      </DangerDialog>
    </>
  );
}
