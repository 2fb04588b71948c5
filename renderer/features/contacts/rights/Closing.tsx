import type { ReactNode } from 'react';
import { useState } from 'react';
import type { RightsRequest } from '../../../../shared/domain/rights.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { HoldDialog } from './HoldDialog.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import styles from './Rights.module.css';

/** How a request rests or ends: hold, refusal, receipt. */
export function Closing({ request }: { readonly request: RightsRequest }): ReactNode {
  const bridge = useBridge();
  const [asking, setAsking] = useState<'hold' | 'refuse' | null>(null);
  const requestId = request.id;
  const fail = (error: unknown): void => useNotices.getState().show(callWords(error));
  const left = request.steps.filter(
    ({ id, state }) => id !== 'write_receipt' && (state === 'open' || state === 'failed'),
  ).length;
  const held = request.state === 'on_hold';
  return (
    <div className={styles['foot']}>
      <Button variant="ghost" onPress={() => setAsking('refuse')}>
        {t('rights.refuse.put')}
      </Button>
      <Button onPress={() => setAsking('hold')}>
        {held ? t('rights.hold.renew') : t('rights.hold.put')}
      </Button>
      {held ? (
        <Button
          variant="primary"
          onPress={() => void bridge.call('rights.resume', { requestId }).catch(fail)}
        >
          {t('rights.hold.resume')}
        </Button>
      ) : (
        <>
          {left === 0 ? null : (
            <span className={styles['quiet']}>{t('rights.finish.left', { count: left })}</span>
          )}
          <Button
            variant="primary"
            isDisabled={left > 0}
            onPress={() => void bridge.call('rights.finish', { requestId }).catch(fail)}
          >
            {t('rights.finish.put')}
          </Button>
        </>
      )}
      {asking === 'hold' ? <HoldDialog requestId={requestId} onClose={() => setAsking(null)} /> : null}
      {asking === 'refuse' ? (
        <ReasonDialog
          danger
          title={t('rights.refuse.title')}
          text={t('rights.refuse.text')}
          label={t('rights.refuse.reason')}
          maxLength={2000}
          action={t('rights.refuse.save')}
          onClose={() => setAsking(null)}
          onSave={(reason) => {
            setAsking(null);
            bridge.call('rights.refuse', { requestId, reason }).catch(fail);
          }}
        />
      ) : null}
    </div>
  );
}
