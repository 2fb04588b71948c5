import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MessageContent } from '../../../../../shared/domain/message-content.ts';
import { t } from '../../../../i18n/t.ts';
import { cx } from '../../../../ui/cx.ts';
import styles from './kinds.module.css';

type UnknownContent = Extract<MessageContent, { kind: 'unknown' }>;

/** A kind that this version cannot show: it never vanishes, and says what is known about it. */
export function Unknown({ content }: { readonly content: UnknownContent }): ReactNode {
  return (
    <div className={cx(styles['stack'], styles['wide'])}>
      <div className={styles['row']}>
        <CircleHelp size={16} className={styles['icon']} aria-hidden="true" />
        <span className={styles['title']}>{t('message.kind.unknown')}</span>
      </div>
      <span className={styles['small']}>{t('message.unknown.text')}</span>
      <details className={styles['details']}>
        <summary>{t('message.unknown.details')}</summary>
        <dl>
          <dt>{t('message.unknown.type')}</dt>
          <dd>{content.type}</dd>
          {content.detail === null ? null : (
            <>
              <dt>{t('message.unknown.detail')}</dt>
              <dd>{content.detail}</dd>
            </>
          )}
          {content.rawId === null ? null : (
            <>
              <dt>{t('message.unknown.raw')}</dt>
              <dd>{content.rawId}</dd>
            </>
          )}
        </dl>
      </details>
    </div>
  );
}
