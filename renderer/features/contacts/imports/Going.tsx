import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ImportJob } from '../../../../shared/contract/imports.ts';
import { count, percent, timeLeft } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import styles from './Imports.module.css';
import { useSpeed } from './speed.ts';

/** What goes on in the background: how far it is, how fast, how long still, and the way to stop it. */
export function Going({ job }: { readonly job: ImportJob }): ReactNode {
  const bridge = useBridge();
  const [stopping, setStopping] = useState(false);
  const { counts, state, readShare } = job;
  const toDo = counts.create + counts.update;
  const [done, total] =
    state === 'reading'
      ? [counts.rows, null]
      : state === 'checking'
        ? [counts.checked, counts.rows]
        : state === 'undoing'
          ? [Math.max(0, toDo - counts.done), toDo]
          : [counts.done, toDo];
  const rate = useSpeed(done);
  const share = total === null ? readShare : total === 0 ? 1 : Math.min(1, done / total);
  const left = total === null || rate === null || rate < 1 ? null : ((total - done) / rate) * 1000;
  const words = t(`imports.state.${state}`);
  return (
    <section className={styles['going']} aria-label={words}>
      <div className={styles['goingWords']}>
        <h2 className={styles['heading']}>{words}</h2>
        {share === null ? null : <span className={styles['number']}>{percent(share)}</span>}
      </div>
      <Progress label={words} value={share} />
      <div className={styles['goingWords']}>
        <span className={styles['number']}>
          {total === null
            ? t('imports.rows', { count: done })
            : t('imports.progress', { done: count(done), total: count(total) })}
        </span>
        <span className={styles['quiet']}>
          {rate === null ? null : t('imports.speed', { rate: count(Math.round(rate)) })}
          {left === null ? null : ` · ${leftWords(left)}`}
        </span>
      </div>
      <p className={styles['quiet']}>{t('imports.stays')}</p>
      <div className={styles['row']}>
        <Button
          isPending={stopping}
          onPress={() => {
            if (stopping) return;
            setStopping(true);
            bridge
              .call('import.cancel', { importId: job.id })
              .catch((error: unknown) => useNotices.getState().show(callWords(error)))
              .finally(() => setStopping(false));
          }}
        >
          {t('imports.cancel')}
        </Button>
      </div>
    </section>
  );
}

function leftWords(ms: number): string {
  const time = timeLeft(ms);
  return time === null ? t('imports.leftSoon') : t('imports.left', { time });
}
