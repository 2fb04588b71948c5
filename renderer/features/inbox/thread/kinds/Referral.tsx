import { Megaphone } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Message } from '../../../../../shared/domain/message.ts';
import { t } from '../../../../i18n/t.ts';
import { useThreadTools } from '../context.ts';
import styles from './kinds.module.css';

/** The advertisement or post from which a customer came. */
export function Referral({ referral }: { readonly referral: NonNullable<Message['referral']> }): ReactNode {
  const { openLink } = useThreadTools();
  const url = referral.sourceUrl;
  return (
    <div className={`${styles['stack'] ?? ''} ${styles['quote'] ?? ''}`}>
      <span className={styles['label']}>
        <Megaphone size={14} aria-hidden="true" />
        {referral.sourceType === 'post' ? t('message.referral.post') : t('message.referral.label')}
      </span>
      {referral.headline === null ? null : (
        <span className={styles['title']} dir="auto">
          {referral.headline}
        </span>
      )}
      {referral.body === null ? null : (
        <span className={styles['small']} dir="auto">
          {referral.body}
        </span>
      )}
      {url === null || !URL.canParse(url) ? null : (
        <button type="button" className={styles['plainButton']} onClick={() => openLink(url)}>
          {t('message.referral.open', { host: new URL(url).host })}
        </button>
      )}
    </div>
  );
}
