import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RightsRequest } from '../../../../shared/domain/rights.ts';
import { complaintText } from '../../../../shared/domain/rights-desk.ts';
import { t } from '../../../i18n/t.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useDirectory, useLookup, useReady } from '../../../lib/queries/hooks.ts';
import { useRightsRequest } from '../../../lib/queries/rights.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { dayWords, momentWords } from '../place/days.ts';
import { ClockMark } from './ClockMark.tsx';
import { Closing } from './Closing.tsx';
import { PromiseBlock } from './PromiseBlock.tsx';
import { Receipt } from './Receipt.tsx';
import styles from './Rights.module.css';
import { Steps } from './Steps.tsx';

/** One request: its clock, who is addressed and why, its steps, and its end. */
export function RequestView({
  requestId,
  now,
}: {
  readonly requestId: string;
  readonly now: number;
}): ReactNode {
  const { data, error } = useRightsRequest(requestId);
  const policy = useDirectory()?.policy ?? null;
  const { me } = useReady();
  if (data === undefined) {
    return error === null ? (
      <div className={styles['request']} aria-busy="true">
        <Skeleton width="50%" height={20} />
      </div>
    ) : (
      <EmptyState icon={<CircleAlert size={24} />} text={callWords(error)} />
    );
  }
  const { request, contactName } = data;
  const name = contactName ?? t('rights.erased');
  const mayWork = me.role !== 'agent';
  const complaint = policy === null ? null : complaintText(policy, request.eu);
  const open = request.state === 'open' || request.state === 'on_hold';
  return (
    <article className={styles['request']} aria-label={`${t(`rights.right.${request.kind}`)}: ${name}`}>
      <header className={styles['head']}>
        <h2 className={styles['heading']}>
          {t(`rights.right.${request.kind}`)} ·{' '}
          {contactName === null ? (
            name
          ) : (
            <a href={`#/contacts/${request.contactId}`} className={styles['link']}>
              <bdi>{name}</bdi>
            </a>
          )}
        </h2>
        <ClockMark request={request} now={now} />
      </header>
      {mayWork || !open ? null : <p className={styles['hint']}>{t('rights.onlySupervisors')}</p>}
      <Facts request={request} />
      {request.hold === null ? null : (
        <p className={styles['hint']} data-local>
          {t('rights.hold.is', { date: dayWords(request.hold.at) })} ·{' '}
          {t(`rights.hold.grounds.${request.hold.ground}`)} · <bdi>{request.hold.reason}</bdi>
        </p>
      )}
      {request.refusal === null ? null : (
        <p className={styles['hint']} data-local>
          {t('rights.refuse.is', { date: dayWords(request.refusal.at) })} ·{' '}
          <bdi>{request.refusal.reason}</bdi>
        </p>
      )}
      <PromiseBlock
        request={request}
        policyName={policy?.name ?? request.promise.policyId}
        complaint={complaint}
      />
      <Steps request={request} mayWork={mayWork} name={contactName} />
      {open && mayWork ? <Closing request={request} /> : null}
      {request.receipt === null ? null : (
        <Receipt
          receipt={request.receipt}
          policyName={policy?.name ?? request.receipt.policyId}
          complaint={complaint}
        />
      )}
    </article>
  );
}

function Facts({ request }: { readonly request: RightsRequest }): ReactNode {
  const { users } = useLookup();
  const { dueAt, promise, purpose, details } = request;
  const rows: [string, ReactNode][] = [
    [t('rights.facts.received'), momentWords(request.receivedAt)],
    [
      t('rights.facts.due'),
      dueAt === null || promise.days === null
        ? t('rights.clock.not_stated')
        : t('rights.facts.dueDate', { date: dayWords(dueAt), days: promise.days }),
    ],
    [t('rights.facts.way'), t(`rights.way.${request.way}`)],
    ...(request.kind === 'object' || request.kind === 'withdraw'
      ? [
          [
            t('rights.facts.purpose'),
            purpose === null ? t('rights.facts.everything') : t(`consent.purposes.${purpose}`),
          ] satisfies [string, ReactNode],
        ]
      : []),
    [t('rights.facts.recorded'), users.get(request.recordedBy)?.name ?? t('merging.from.somebody')],
    ...(details === null
      ? []
      : [
          [
            t('rights.facts.details'),
            <bdi key="details" className={styles['details']}>
              {details}
            </bdi>,
          ] satisfies [string, ReactNode],
        ]),
  ];
  return (
    <dl className={styles['facts']}>
      {rows.map(([name, value]) => (
        <div key={name} className={styles['fact']}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
