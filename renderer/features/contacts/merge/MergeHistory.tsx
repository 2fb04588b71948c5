import { Merge, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ContactMerge } from '../../../../shared/domain/merge.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { dayWords } from '../place/days.ts';
import styles from './MergeHistory.module.css';
import { unmerge } from './unmerge.ts';

export interface MergeHistoryProps {
  /** As in the person's detail: those that were not undone, newest first. */
  readonly merges: ReadonlyArray<ContactMerge>;
}

/** Who was merged into this person, each with the way back; nothing where nobody was. */
export function MergeHistory({ merges }: MergeHistoryProps): ReactNode {
  const bridge = useBridge();
  const { users } = useLookup();
  const [asked, setAsked] = useState<ContactMerge | null>(null);
  if (merges.length === 0) return null;
  return (
    <section className={styles['history']} aria-label={t('merging.history')}>
      <h2 className={styles['title']}>{t('merging.history')}</h2>
      <ul className={styles['list']}>
        {merges.map((merge) => {
          const { id, loser, mergedBy } = merge;
          const date = dayWords(merge.mergedAt);
          const name = mergedBy === null ? null : (users.get(mergedBy)?.name ?? t('merging.from.somebody'));
          return (
            <li key={id} className={styles['line']}>
              <Merge size={14} aria-hidden="true" className={styles['icon']} />
              <div className={styles['words']}>
                <span dir="auto">{t('merging.line', { name: loser.name })}</span>
                <span className={styles['when']}>
                  {name === null ? t('merging.byItself', { date }) : t('merging.by', { date, name })}
                </span>
              </div>
              <Button
                size="small"
                variant="ghost"
                icon={<Undo2 size={14} />}
                aria-label={t('merging.undoOf', { name: loser.name })}
                onPress={() => setAsked(merge)}
              >
                {t('merging.undo')}
              </Button>
            </li>
          );
        })}
      </ul>
      <Dialog
        title={t('merging.undoTitle')}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        actions={
          <>
            <Button onPress={() => setAsked(null)}>{t('app.cancel')}</Button>
            <Button
              variant="primary"
              onPress={() => {
                if (asked !== null) unmerge(bridge, asked.id);
                setAsked(null);
              }}
            >
              {t('merging.undo')}
            </Button>
          </>
        }
      >
        {t('merging.undoText', { loser: asked?.loser.name ?? '', winner: asked?.winner.name ?? '' })}
      </Dialog>
    </section>
  );
}
