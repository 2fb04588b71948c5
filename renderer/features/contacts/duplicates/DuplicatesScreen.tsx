import { CircleAlert, UsersRound } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { DuplicatePair } from '../../../../shared/contract/contacts.ts';
import { listOf } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { usePerson } from '../../../lib/queries/contacts.ts';
import { useDuplicates } from '../../../lib/queries/duplicates.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Compare } from '../merge/Compare.tsx';
import { Place } from '../place/Place.tsx';
import split from '../place/Split.module.css';

export interface DuplicatesScreenProps {
  /** Only pairs of this person. */
  readonly contactId: string | null;
  /** Compared with this one, whether or not they look alike. */
  readonly withId: string | null;
  readonly onShowAll: () => void;
}

const pairId = ({ first, second }: DuplicatePair): string => `${first.id} ${second.id}`;

/** Pairs that may be one person, with their reasons; one of them side by side. */
export function DuplicatesScreen({ contactId, withId, onShowAll }: DuplicatesScreenProps): ReactNode {
  const { pairs, total, error, more, loadMore } = useDuplicates(contactId);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const byHand = useByHand(contactId, withId);
  const at = pairs?.findIndex((pair) => pairId(pair) === chosen) ?? -1;
  const pair = byHand ?? pairs?.[at] ?? null;

  // What was decided is gone: the focus goes to the first pair that is left.
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    list.current?.querySelector('button')?.focus();
  }, [pairs]);

  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>): void => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const now = buttons.findIndex((button) => button === document.activeElement);
    const next = buttons[Math.max(0, Math.min(buttons.length - 1, now + step))];
    next?.focus();
  };

  return (
    <Place
      title={t('merging.title')}
      about={total === undefined || total === 0 ? undefined : t('merging.pairs', { count: total })}
      tools={
        contactId === null ? null : (
          <Button size="small" onPress={onShowAll}>
            {t('merging.showAll')}
          </Button>
        )
      }
    >
      <div className={split['panes']} data-chosen={pair !== null || undefined}>
        {byHand === null ? (
          <section className={split['side']} aria-label={t('merging.list')}>
            {error === null ? null : <EmptyState icon={<CircleAlert size={24} />} text={callWords(error)} />}
            {pairs?.length === 0 ? (
              <EmptyState icon={<UsersRound size={24} />} text={t('merging.none')} />
            ) : null}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows go from button to button */}
            <ul ref={list} onKeyDown={onKeyDown}>
              {pairs?.map((each) => (
                <li key={pairId(each)}>
                  <button
                    type="button"
                    className={split['entry']}
                    aria-pressed={pairId(each) === chosen}
                    onClick={() => setChosen(pairId(each))}
                  >
                    <span className={split['entryTitle']}>
                      {t('merging.pair', { first: each.first.name, second: each.second.name })}
                    </span>
                    <span className={split['entryText']}>
                      {listOf(each.reasons.map((reason) => t(`merging.reason.${reason}`)))}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            {more ? (
              <Button wide onPress={loadMore}>
                {t('merging.more')}
              </Button>
            ) : null}
          </section>
        ) : null}
        <div className={split['main']}>
          {pair === null ? (
            pairs === undefined || pairs.length === 0 ? null : (
              <EmptyState icon={<UsersRound size={24} />} text={t('merging.choose')} />
            )
          ) : (
            <>
              {byHand === null ? (
                <span className={split['back']}>
                  <Button size="small" variant="ghost" onPress={() => setChosen(null)}>
                    {t('merging.list')}
                  </Button>
                </span>
              ) : null}
              <Compare
                key={pairId(pair)}
                first={pair.first}
                second={pair.second}
                reasons={pair.reasons}
                onDecided={() => {
                  wantsFocus.current = true;
                  setChosen(null);
                  if (byHand !== null) onShowAll();
                }}
              />
            </>
          )}
        </div>
      </div>
    </Place>
  );
}

/** Two that somebody has put together; null unless both are there. */
function useByHand(firstId: string | null, secondId: string | null): DuplicatePair | null {
  const first = usePerson(secondId === null ? null : firstId).data?.contact;
  const second = usePerson(firstId === null ? null : secondId).data?.contact;
  if (first === undefined || second === undefined || first.id === second.id) return null;
  return { first, second, reasons: [] };
}
