import type { ReactNode } from 'react';
import { useState } from 'react';
import { holdState } from '../../../../shared/domain/legal-hold.ts';
import { DAY } from '../../../../shared/domain/time.ts';
import { count, dayName } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useReady } from '../../../lib/queries/hooks.ts';
import type { RetentionView } from '../../../lib/queries/retention.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { isTyped } from '../../../lib/typedName.ts';
import { Button } from '../../../ui/Button.tsx';
import { DangerDialog } from '../../../ui/DangerDialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { TypedNameField } from '../../../ui/TypedNameField.tsx';
import styles from './Retention.module.css';
import { Group, Row } from '../Row.tsx';

/** After so many days somebody has to look again. */
const REVIEW = 90 * DAY;

type Hold = RetentionView['holds'][number];

interface HoldsProps {
  readonly view: RetentionView;
  readonly onDone: () => void;
}

/** What is kept longer than its clock, with reason and review: everybody sees it, owners put and lift it. */
export function Holds({ view, onDone }: HoldsProps): ReactNode {
  const bridge = useBridge();
  const { show } = useNotices.getState();
  const [reason, setReason] = useState('');
  const { holds, mayEdit, now } = view;
  const [asked, setAsked] = useState<{ hold: Hold; held: number } | null>(null);
  const [typed, setTyped] = useState('');
  const { name } = useReady().workspace;
  const ask = (hold: Hold): void => {
    setTyped('');
    bridge.call('retention.preview', { workspace: null, device: null }).then(
      ({ held }) => setAsked({ hold, held }),
      (error: unknown) => show(callWords(error)),
    );
  };
  const lift = (): void => {
    if (asked === null || !isTyped(typed, name)) return;
    setAsked(null);
    run(bridge.call('hold.release', { holdId: asked.hold.id }));
  };
  const active = holds.filter((hold) => hold.releasedAt === null);
  const run = (work: Promise<unknown>): void => {
    work.then(onDone, (error: unknown) => show(callWords(error)));
  };
  return (
    <Group title={t('retention.hold.title')}>
      {active.length === 0 ? (
        <Row isLabelled={false} title={t('retention.hold.none')}>
          {null}
        </Row>
      ) : null}
      {active.map((hold) => (
        <Row
          key={hold.id}
          isLabelled={false}
          title={t(`retention.hold.${hold.scope.kind === 'all' ? 'everything' : hold.scope.kind}`)}
          hint={t('retention.hold.line', { reason: hold.reason, day: dayName(hold.reviewAt, now) })}
        >
          {holdState(hold, now) === 'review_due' ? (
            <span className={styles['warn']}>{t('retention.hold.due')}</span>
          ) : null}
          {hold.scope.kind === 'all' ? null : (
            <a
              className={styles['link']}
              href={
                hold.scope.kind === 'contact'
                  ? `#/contacts/${hold.scope.contactId}`
                  : `#/conversation/${hold.scope.conversationId}`
              }
              aria-label={t('hold.showOf', { reason: hold.reason })}
            >
              {t('hold.show')}
            </a>
          )}
          {mayEdit ? (
            <Button
              size="small"
              aria-label={t('retention.hold.liftOf', { reason: hold.reason })}
              onPress={() => ask(hold)}
            >
              {t('retention.hold.lift')}
            </Button>
          ) : null}
        </Row>
      ))}
      {mayEdit ? (
        <form
          className={styles['changes']}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() === '') return;
            setReason('');
            run(
              bridge.call('hold.save', {
                holdId: null,
                scope: { kind: 'all' },
                reason: reason.trim(),
                reviewAt: now + REVIEW,
              }),
            );
          }}
        >
          <TextField
            label={t('retention.hold.reason')}
            value={reason}
            onChange={setReason}
            maxLength={2000}
          />
          <div className={styles['actions']}>
            <Button type="submit" size="small" isDisabled={reason.trim() === ''}>
              {t('retention.hold.put')}
            </Button>
          </div>
        </form>
      ) : null}
      <DangerDialog
        title={t('retention.hold.askTitle')}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        cancelLabel={t('app.cancel')}
        actionLabel={t('retention.hold.lift')}
        isDisabled={!isTyped(typed, name)}
        onAction={lift}
      >
        <p>{t('retention.hold.askText', { held: count(asked?.held ?? 0) })}</p>
        <TypedNameField label={t('app.typeName', { name })} value={typed} onChange={setTyped} />
      </DangerDialog>
    </Group>
  );
}
