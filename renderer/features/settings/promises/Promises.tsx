import { CircleAlert, ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { breachClock } from '../../../../shared/domain/policy-clocks.ts';
import type { PolicyProfile } from '../../../../shared/domain/policy.ts';
import { policyNotice } from '../../../../shared/domain/policy-change.ts';
import { promisesOf } from '../../../../shared/domain/policy-promises.ts';
import { count, dayAndTime, fullTime, timeLeft } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import type { RetentionView } from '../../../lib/queries/retention.ts';
import { useRetention } from '../../../lib/queries/retention.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { promiseName, promiseValue } from './promiseWords.ts';
import styles from '../retention/Retention.module.css';
import { Group } from '../Row.tsx';
import { Signature } from './Signature.tsx';

/** Every promise of the gateway with the words that it comes from, its changes, and notices of a breach with their clock. */
export function Promises(): ReactNode {
  const query = useRetention();
  const now = useNow(60_000);
  if (query.isError && query.data === undefined) {
    return (
      <EmptyState
        icon={<CircleAlert size={24} />}
        text={t('retention.failed')}
        action={<Button onPress={() => void query.refetch()}>{t('app.retry')}</Button>}
      />
    );
  }
  if (query.data === undefined) return null;
  const { policy } = query.data;
  if (policy === null) return <p className={styles['text']}>{t('retention.promises.unknown')}</p>;
  return (
    <>
      <p className={styles['text']}>{t('retention.promises.intro')}</p>
      <p className={styles['strong']}>
        {t('retention.promises.version', {
          name: policy.name,
          version: count(policy.version),
          day: dayAndTime(policy.effectiveAt),
        })}
      </p>
      <Signature view={query.data} onTrusted={() => void query.refetch()} />
      <Breaches view={query.data} now={now} />
      <Changes view={query.data} now={now} />
      <PromiseList policy={policy} now={now} />
    </>
  );
}

interface ListProps {
  readonly policy: PolicyProfile;
  readonly now: number;
}

/** Every promise with the words that it comes from; what is not stated says so. */
export function PromiseList({ policy, now }: ListProps): ReactNode {
  // Whose promises they are stands above them.
  const promises = promisesOf(policy).filter(({ field }) => field !== 'name');
  return (
    <dl className={styles['promises']}>
      {promises.map((promise) => (
        <div key={promise.field} className={styles['promise']}>
          <dt className={styles['field']}>{promiseName(promise.field)}</dt>
          <dd className={styles['value']} data-stated={promise.value === null ? undefined : true}>
            <bdi>{promiseValue(promise, promise.value, now)}</bdi>
          </dd>
          <dd className={styles['source']}>
            {promise.source === '' ? (
              promise.value === null || promise.unit !== null ? (
                t('retention.promises.noWords')
              ) : null
            ) : (
              <span lang="en">{promise.source}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface PartProps {
  readonly view: RetentionView;
  readonly now: number;
}

function Breaches({ view, now }: PartProps): ReactNode {
  const { policy, breaches } = view;
  if (policy === null) return null;
  return breaches.map((notice) => {
    const clock = breachClock(policy, notice, now);
    const words = clock.stated
      ? clock.overdue
        ? t('retention.promises.breachOver', { time: fullTime(clock.dueAt) })
        : t('retention.promises.breachDue', {
            left: timeLeft(clock.leftMs) ?? '',
            time: fullTime(clock.dueAt),
          })
      : t('retention.promises.breachOpen');
    return (
      <Banner key={notice.id} tone="danger" icon={<ShieldAlert size={16} />}>
        <strong>{t('retention.promises.breach')}</strong> <bdi>{notice.summary}</bdi> {words}
      </Banner>
    );
  });
}

function Changes({ view, now }: PartProps): ReactNode {
  const versions = [...new Map(view.versions.toReversed().map((each) => [each.version, each])).values()];
  const [after, before] = versions.toSorted((a, b) => b.version - a.version);
  if (after === undefined || before === undefined) return null;
  const notice = policyNotice(before, after, now, view.timeZone);
  if (notice === null) return null;
  const stated = (days: number | null): string =>
    days === null
      ? t('retention.promises.notStated')
      : t('retention.promises.unit.calendar_days', { n: count(days) });
  return (
    <Group title={t('retention.promises.changes')}>
      <div className={styles['changes']}>
        <p>
          {t('retention.promises.from', {
            version: count(notice.toVersion),
            day: dayAndTime(notice.effectiveAt),
          })}
        </p>
        <p className={styles['text']}>
          {t('retention.promises.notice', {
            promised: stated(notice.promisedDays),
            given: stated(notice.givenDays),
          })}
        </p>
        {notice.late ? <p className={styles['warn']}>{t('retention.promises.late')}</p> : null}
        <ul className={styles['list']}>
          {notice.changes
            .filter(({ wordsOnly }) => !wordsOnly)
            .map((change) => (
              <li key={change.field}>
                {promiseName(change.field)}:{' '}
                <bdi>
                  {t('retention.promises.was', {
                    before: promiseValue(change, change.before.value, now),
                    after: promiseValue(change, change.after.value, now),
                  })}
                </bdi>
              </li>
            ))}
        </ul>
      </div>
    </Group>
  );
}
