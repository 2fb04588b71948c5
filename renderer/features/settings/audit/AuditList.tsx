import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { AuditKind } from '../../../../shared/contract/audit.ts';
import type { CallOutput } from '../../../../shared/contract/calls.ts';
import { DAY } from '../../../../shared/domain/time.ts';
import { count, fullTime, startOfDay } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useDirectory } from '../../../lib/queries/hooks.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { actionWords } from './actionWords.ts';
import styles from './Audit.module.css';

type Entry = CallOutput<'audit.list'>['entries'][number];

const PAGE = 50;
const DAYS = ['1', '7', '30'] as const;

/** The lines, newest first, by kind, person and time. */
export function AuditList(): ReactNode {
  const bridge = useBridge();
  const users = useDirectory()?.users ?? [];
  const [kind, setKind] = useState<AuditKind | null>(null);
  const [personId, setPerson] = useState<string | null>(null);
  const [days, setDays] = useState<string>('');
  const query = useInfiniteQuery({
    queryKey: ['audit', 'list', kind, personId, days],
    queryFn: ({ pageParam }) => {
      const from = days === '' ? null : startOfDay(Date.now() - (Number(days) - 1) * DAY);
      return bridge.call('audit.list', { kind, personId, from, to: null, before: pageParam, limit: PAGE });
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    refetchOnMount: 'always',
    // Lines are added all the time: another choice, and the same one again, reads anew.
    staleTime: 0,
  });
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return (
    <section aria-label={t('audit.entries')}>
      <div className={styles['filters']}>
        <SelectField
          label={t('audit.filterKind')}
          value={kind ?? ''}
          options={[
            { value: '', label: t('audit.everything') },
            ...AuditKind.options.map((value) => ({ value, label: t(`audit.kind.${value}`) })),
          ]}
          onChange={(value) => setKind(AuditKind.safeParse(value).data ?? null)}
        />
        <SelectField
          label={t('audit.filterPerson')}
          value={personId ?? ''}
          options={[
            { value: '', label: t('audit.everybody') },
            ...users.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => setPerson(value === '' ? null : value)}
        />
        <SelectField
          label={t('audit.filterTime')}
          value={days}
          options={[
            { value: '', label: t('audit.anyTime') },
            ...DAYS.map((value) => ({ value, label: t('audit.days', { count: Number(value) }) })),
          ]}
          onChange={setDays}
        />
      </div>
      {query.isError ? <p>{callWords(query.error)}</p> : null}
      {query.isSuccess && entries.length === 0 ? (
        <EmptyState icon={<ScrollText size={24} />} text={t('audit.none')} />
      ) : null}
      <ol className={styles['list']}>
        {entries.map((entry) => (
          <li key={entry.seq} className={styles['entry']}>
            <span className={styles['number']}>{count(entry.seq)}</span>
            <span className={styles['what']}>
              <span>{actionWords(entry.action)}</span>
              <span className={styles['more']}>
                {[actorWords(entry, names), fullTime(entry.at), ...detailsOf(entry)].join(' · ')}
              </span>
            </span>
            <Subject entry={entry} />
          </li>
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          {t('audit.more')}
        </Button>
      ) : null}
    </section>
  );
}

/** Who it was: somebody of the workspace, the gateway's own staff, or nobody. */
function actorWords({ action, actorId, subjects }: Entry, names: ReadonlyMap<string, string>): string {
  if (action.startsWith('gateway.')) return t('audit.support', { by: subjects[0] ?? '' });
  return actorId === null ? t('audit.nobody') : (names.get(actorId) ?? t('audit.formerly'));
}

function detailsOf({ action, counts, subjects, reason }: Entry): string[] {
  const { hits } = counts;
  return [
    ...(hits === undefined ? [] : [t('audit.hits', { count: hits })]),
    ...(action === 'settings.change' ? [subjects.join(', ')] : []),
    ...(reason === null ? [] : [reason]),
  ];
}

/** A way to what it was about, where that is one thing. */
function Subject({ entry: { action, subjects } }: { readonly entry: Entry }): ReactNode {
  const [id] = subjects;
  if (id === undefined) return null;
  const href =
    action === 'view.conversation' || action === 'message.override'
      ? `#/conversation/${id}`
      : action === 'view.contact'
        ? `#/contacts/${id}`
        : null;
  if (href === null) return null;
  return (
    <a href={href} className={styles['go']}>
      {t('audit.open')}
    </a>
  );
}
