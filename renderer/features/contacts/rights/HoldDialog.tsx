import type { ReactNode } from 'react';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { useNow } from '../../../lib/useNow.ts';
import { pickedTime, pickerValue } from '../../../lib/days.ts';
import { Button } from '../../../ui/Button.tsx';
import { DateTimeField } from '../../../ui/DateTimeField.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import styles from './Rights.module.css';

const WEEK = 7 * 86_400_000;

/** Puts a request aside: why, and the day on which somebody looks again. It exists only while it is open. */
export function HoldDialog({
  requestId,
  onClose,
}: {
  readonly requestId: string;
  readonly onClose: () => void;
}): ReactNode {
  const bridge = useBridge();
  const now = useNow(10_000);
  const [ground, setGround] = useState<'legal' | 'operational'>('operational');
  const [reason, setReason] = useState('');
  const [review, setReview] = useState(() => pickerValue(Date.now() + WEEK));
  const [tried, setTried] = useState(false);
  const reviewAt = pickedTime(review);
  const past = reviewAt === null || reviewAt <= now;
  const missing = reason.trim() === '';
  const save = (): void => {
    setTried(true);
    if (missing || reviewAt === null || past) return;
    onClose();
    bridge
      .call('rights.hold', { requestId, ground, reason: reason.trim(), reviewAt })
      .catch((error: unknown) => useNotices.getState().show(callWords(error)));
  };
  return (
    <Dialog
      title={t('rights.hold.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button variant="primary" onPress={save}>
            {t('rights.hold.save')}
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <p>{t('rights.hold.note')}</p>
        <SelectField
          label={t('rights.hold.ground')}
          value={ground}
          options={(['operational', 'legal'] as const).map((value) => ({
            value,
            label: t(`rights.hold.grounds.${value}`),
          }))}
          onChange={(value) => setGround(value === 'legal' ? 'legal' : 'operational')}
        />
        <TextArea
          label={t('rights.hold.reason')}
          error={tried && missing ? t('rights.step.missing') : undefined}
          maxLength={2000}
          value={reason}
          onChange={setReason}
        />
        <DateTimeField
          label={t('rights.hold.review')}
          value={review}
          error={tried && past ? t('rights.hold.reviewPast') : undefined}
          onChange={setReview}
        />
      </div>
    </Dialog>
  );
}
