import { Building2, Home, Network } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StatedText } from '../../../../shared/domain/policy.ts';
import type { RightsRequest } from '../../../../shared/domain/rights.ts';
import { t } from '../../../i18n/t.ts';
import { useController } from '../../../lib/queries/rights.ts';
import styles from './Rights.module.css';

const ICONS = { gateway: Network, controller: Building2, not_promised: Home } as const;

export interface PromiseBlockProps {
  readonly request: RightsRequest;
  readonly policyName: string;
  readonly complaint: StatedText | null;
}

/** Who is addressed and why, with the words of the policy; what nobody promised is shown as such. */
export function PromiseBlock({ request, policyName, complaint }: PromiseBlockProps): ReactNode {
  const { promise, addressee, kind } = request;
  const { holder } = promise;
  const controller = useController();
  const Icon = ICONS[holder];
  const published = addressee.to === 'local' ? null : addressee.point;
  const point = published ?? (holder === 'controller' ? (controller ?? null) : null);
  const address = [point?.name, point?.email, point?.postal, point?.url].filter(
    (each) => each !== null && each !== undefined,
  );
  const version = promise.policyVersion;
  return (
    <section className={styles['block']}>
      <h3 className={styles['sub']}>{t('rights.promise.title')}</h3>
      <div className={styles['promise']} data-holder={holder}>
        <Icon size={16} aria-hidden="true" />
        <div className={styles['promiseWords']}>
          <p>{t(`rights.promise.${holder}`, { name: policyName })}</p>
          {holder === 'not_promised' && kind === 'port' ? <p>{t('rights.promise.localExport')}</p> : null}
          <Quote words={promise.holderSource} policyName={policyName} version={version} />
          <p>
            {promise.days === null
              ? t('rights.promise.noDays')
              : t('rights.promise.days', { count: promise.days })}
          </p>
          <Quote words={promise.daysSource} policyName={policyName} version={version} />
          {holder === 'not_promised' ? null : address.length > 0 ? (
            <p>
              {t('rights.promise.address')}: <bdi>{address.join(' · ')}</bdi>
            </p>
          ) : (
            <p className={styles['quiet']}>
              {holder === 'gateway' ? t('rights.promise.noAddress') : t('rights.promise.noController')}
            </p>
          )}
          {complaint === null ? null : (
            <>
              <p>{t('rights.promise.eu')}</p>
              <p dir="auto">{complaint.value}</p>
              <Quote words={complaint.source} policyName={policyName} version={version} />
            </>
          )}
        </div>
      </div>
    </section>
  );
}

/** The policy's own words, in the language in which they were published. */
function Quote({
  words,
  policyName,
  version,
}: {
  readonly words: string;
  readonly policyName: string;
  readonly version: number;
}): ReactNode {
  if (words === '') return <p className={styles['quiet']}>{t('rights.promise.noSource')}</p>;
  return (
    <blockquote className={styles['quote']}>
      <bdi>{words}</bdi>
      <footer>{t('rights.promise.source', { name: policyName, version })}</footer>
    </blockquote>
  );
}
