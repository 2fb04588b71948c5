import { Download, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StatedText } from '../../../../shared/domain/policy.ts';
import type { RightsReceipt } from '../../../../shared/domain/rights-receipt.ts';
import { t } from '../../../i18n/t.ts';
import { useLookup } from '../../../lib/queries/hooks.ts';
import { Button } from '../../../ui/Button.tsx';
import { receiptLines } from './receiptLines.ts';
import styles from './Rights.module.css';

export interface ReceiptProps {
  readonly receipt: RightsReceipt;
  readonly policyName: string;
  readonly complaint: StatedText | null;
}

/** What was done, as numbers and dates: to be shown, printed, saved and handed over. */
export function Receipt({ receipt, policyName, complaint }: ReceiptProps): ReactNode {
  const { users } = useLookup();
  const by = users.get(receipt.by)?.name ?? t('merging.from.somebody');
  const lines = receiptLines(receipt, { policyName, by, complaint });
  const save = (): void => {
    const text = `${t('rights.receipt.title')}\n\n${lines.map(({ name, value }) => `${name}: ${value}`).join('\n')}\n`;
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `receipt-${receipt.id.slice(-8)}.txt`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <section className={styles['receipt']} aria-label={t('rights.receipt.title')} data-printable>
      <div className={styles['head']}>
        <h3 className={styles['sub']}>{t('rights.receipt.title')}</h3>
        <span className={styles['receiptTools']}>
          <Button size="small" icon={<Printer size={14} />} onPress={() => window.print()}>
            {t('rights.receipt.print')}
          </Button>
          <Button size="small" icon={<Download size={14} />} onPress={save}>
            {t('rights.receipt.save')}
          </Button>
        </span>
      </div>
      <dl className={styles['facts']}>
        {lines.map(({ name, value }) => (
          <div key={name} className={styles['fact']}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
