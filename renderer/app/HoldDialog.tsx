import type { ReactNode } from 'react';
import { useState } from 'react';
import { holdState } from '../../shared/domain/legal-hold.ts';
import { DAY } from '../../shared/domain/time.ts';
import { dayAndTime } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { useBridge } from '../lib/bridge/context.ts';
import { callWords } from '../lib/callWords.ts';
import { pickedTime, pickerValue } from '../lib/days.ts';
import { useHolds, useMayHold } from '../lib/queries/holds.ts';
import { useAppState } from '../lib/queries/hooks.ts';
import { useHolding } from '../lib/stores/holding.ts';
import type { Held } from '../lib/stores/holding.ts';
import { useNow } from '../lib/useNow.ts';
import { Button } from '../ui/Button.tsx';
import { DateTimeField } from '../ui/DateTimeField.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import styles from './HoldDialog.module.css';

/** After so many days somebody has to look again, unless another day is chosen. */
const REVIEW = 90 * DAY;

/** Legal holds on one conversation or one person: those that are there, and for owners putting and lifting them. */
export function HoldDialog(): ReactNode {
  const about = useHolding((state) => state.about);
  // Locked meanwhile: nothing of the workspace stays on screen.
  const isReady = useAppState().data?.phase === 'ready';
  return about === null || !isReady ? null : <Open key={JSON.stringify(about.scope)} about={about} />;
}

function Open({ about }: { readonly about: Held }): ReactNode {
  const bridge = useBridge();
  const now = useNow(10_000);
  const { close } = useHolding.getState();
  const mayHold = useMayHold();
  const { scope } = about;
  const holds = useHolds({
    conversationId: scope.kind === 'conversation' ? scope.conversationId : null,
    contactId: about.contactId,
  });
  const [reason, setReason] = useState('');
  const [review, setReview] = useState(() => pickerValue(Date.now() + REVIEW));
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const reviewAt = pickedTime(review);
  const past = reviewAt === null || reviewAt <= now;
  const missing = reason.trim() === '';
  const fail = (error: unknown): void => setProblem(callWords(error));
  const put = (): void => {
    setTried(true);
    setProblem(null);
    if (missing || past || reviewAt === null) return;
    bridge.call('hold.save', { holdId: null, scope, reason: reason.trim(), reviewAt }).then(close, fail);
  };
  return (
    <Dialog
      title={t(`hold.title.${scope.kind}`, { name: about.name })}
      isOpen
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{t('app.close')}</Button>
          {mayHold ? (
            <Button variant="primary" onPress={put}>
              {t('hold.put')}
            </Button>
          ) : null}
        </>
      }
    >
      <p>{t(mayHold ? 'hold.text' : 'hold.ownersOnly')}</p>
      {holds.length === 0 ? null : (
        <ul className={styles['holds']}>
          {holds.map((hold) => (
            <li key={hold.id} className={styles['hold']}>
              <div>
                <bdi>{hold.reason}</bdi>
                <p className={styles['under']}>
                  {hold.scope.kind === scope.kind ? '' : `${t(`hold.on.${hold.scope.kind}`)} `}
                  {t(holdState(hold, now) === 'review_due' ? 'hold.due' : 'hold.review', {
                    day: dayAndTime(hold.reviewAt),
                  })}
                </p>
              </div>
              {mayHold ? (
                <Button
                  size="small"
                  aria-label={t('hold.liftOf', { reason: hold.reason })}
                  onPress={() => {
                    bridge.call('hold.release', { holdId: hold.id }).then(() => setProblem(null), fail);
                  }}
                >
                  {t('hold.lift')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayHold ? (
        <div className={styles['form']}>
          <TextArea
            label={t('hold.reason')}
            error={tried && missing ? t('hold.missing') : undefined}
            maxLength={2000}
            value={reason}
            onChange={setReason}
          />
          <DateTimeField
            label={t('hold.reviewDay')}
            description={t('hold.reviewHelp')}
            error={tried && past ? t('hold.past') : undefined}
            value={review}
            onChange={setReview}
          />
        </div>
      ) : null}
      <div role="alert">{problem}</div>
    </Dialog>
  );
}
