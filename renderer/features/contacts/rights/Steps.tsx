import { Circle, CircleAlert, CircleCheck, CircleMinus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { RightsRequest, RightsStep, RightsStepId } from '../../../../shared/domain/rights.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { momentWords } from '../place/days.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
import styles from './Rights.module.css';
import { StepAction } from './StepAction.tsx';

const ICONS = { open: Circle, done: CircleCheck, failed: CircleAlert, skipped: CircleMinus } as const;

/** Steps that only the application's own doing marks as done. */
const OWN: ReadonlySet<RightsStepId> = new Set([
  'build_bundle',
  'erase_local',
  'verify_erased',
  'write_receipt',
]);
/** Steps whose note holds counts for the receipt, not words. */
const COUNTED: ReadonlySet<RightsStepId> = OWN;
/** What is asked of somebody who promises it. */
const ASKING: ReadonlySet<RightsStepId> = new Set(['ask_gateway', 'forward_to_controller']);
/** What this workspace does by itself, whatever is promised. */
const LOCAL: ReadonlySet<RightsStepId> = new Set([
  'build_bundle',
  'correct_record',
  'restrict_local',
  'stop_purpose',
  'record_withdrawal',
]);

export interface StepsProps {
  readonly request: RightsRequest;
  readonly mayWork: boolean;
  /** Null: the person was erased. */
  readonly name: string | null;
}

/** What there is to do, in order, each with how it is done. */
export function Steps({ request, mayWork, name }: StepsProps): ReactNode {
  const bridge = useBridge();
  const [skipping, setSkipping] = useState<RightsStepId | null>(null);
  const open = request.state === 'open';
  const mark = (step: RightsStepId, state: 'open' | 'done' | 'skipped', note: string | null): void => {
    bridge
      .call('rights.step', { requestId: request.id, step, state, note })
      .catch((error: unknown) => useNotices.getState().show(callWords(error)));
  };
  return (
    <section className={styles['block']}>
      <h3 className={styles['sub']}>{t('rights.step.title')}</h3>
      <ol className={styles['steps']}>
        {request.steps.map((step) => (
          <Step key={step.id} step={step}>
            {!open || !mayWork ? null : step.state === 'open' || step.state === 'failed' ? (
              <>
                <StepAction request={request} step={step.id} name={name} />
                {OWN.has(step.id) ? null : (
                  <Button
                    size="small"
                    aria-label={t('rights.step.markOf', { step: t(`rights.step.names.${step.id}`) })}
                    onPress={() => mark(step.id, 'done', null)}
                  >
                    {t('rights.step.mark')}
                  </Button>
                )}
                {step.id === 'write_receipt' ? null : (
                  <Button
                    size="small"
                    variant="ghost"
                    aria-label={t('rights.step.skipOf', { step: t(`rights.step.names.${step.id}`) })}
                    onPress={() => setSkipping(step.id)}
                  >
                    {t('rights.step.skip')}
                  </Button>
                )}
              </>
            ) : OWN.has(step.id) && step.state === 'done' ? null : (
              <Button
                size="small"
                variant="ghost"
                aria-label={t('rights.step.reopenOf', { step: t(`rights.step.names.${step.id}`) })}
                onPress={() => mark(step.id, 'open', null)}
              >
                {t('rights.step.reopen')}
              </Button>
            )}
          </Step>
        ))}
      </ol>
      {skipping === null ? null : (
        <ReasonDialog
          title={t('rights.step.skipTitle')}
          text={t(`rights.step.names.${skipping}`)}
          label={t('rights.step.skipWhy')}
          help={t('rights.step.skipHelp')}
          maxLength={500}
          action={t('rights.step.skip')}
          onClose={() => setSkipping(null)}
          onSave={(note) => {
            setSkipping(null);
            mark(skipping, 'skipped', note);
          }}
        />
      )}
    </section>
  );
}

function Step({ step, children }: { readonly step: RightsStep; readonly children: ReactNode }): ReactNode {
  const { users } = useLookup();
  const Icon = ICONS[step.state];
  const note = step.note !== null && !(COUNTED.has(step.id) && step.state !== 'skipped') ? step.note : null;
  return (
    <li className={styles['step']} data-state={step.state}>
      <Icon size={16} aria-hidden="true" className={styles['stepIcon']} />
      <div className={styles['stepWords']}>
        <span>{t(`rights.step.names.${step.id}`)}</span>
        <span className={styles['quiet']}>
          {t(`rights.step.states.${step.state}`)}
          {ASKING.has(step.id) ? ` · ${t('rights.step.promised')}` : null}
          {LOCAL.has(step.id) ? ` · ${t('rights.step.local')}` : null}
          {step.at === null
            ? null
            : ` · ${t('rights.step.by', {
                date: momentWords(step.at),
                name: (step.by === null ? undefined : users.get(step.by)?.name) ?? t('merging.from.somebody'),
              })}`}
        </span>
        {note === null ? null : (
          <bdi className={styles['quiet']} dir="auto">
            {note}
          </bdi>
        )}
      </div>
      <div className={styles['stepTools']}>{children}</div>
    </li>
  );
}
