import { ShoppingCart } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MessageContent } from '../../../../../shared/domain/message-content.ts';
import { count, money } from '../../../../i18n/format.ts';
import { t } from '../../../../i18n/t.ts';
import { cx } from '../../../../ui/cx.ts';
import { RichText } from '../RichText.tsx';
import styles from './kinds.module.css';

type OrderContent = Extract<MessageContent, { kind: 'order' }>;

export function Order({ content }: { readonly content: OrderContent }): ReactNode {
  const items = content.items.reduce((sum, item) => sum + item.quantity, 0);
  const currency = content.items[0]?.currency;
  // A total over several currencies would be a wrong number.
  const total =
    currency !== undefined && content.items.every((item) => item.currency === currency)
      ? content.items.reduce((sum, item) => sum + item.quantity * item.price, 0)
      : null;
  return (
    <div className={cx(styles['stack'], styles['wide'])}>
      <div className={styles['row']}>
        <span className={styles['tile']} aria-hidden="true">
          <ShoppingCart size={18} />
        </span>
        <span className={styles['words']}>
          <span className={styles['title']}>{t('message.order.title', { count: items })}</span>
          <span className={styles['small']}>{t('message.order.catalog', { id: content.catalogId })}</span>
        </span>
      </div>
      <table className={styles['table']}>
        <tbody>
          {content.items.map((item) => (
            <tr key={item.productId}>
              <td>
                {count(item.quantity)} × {item.productId}
              </td>
              <td>{money(item.quantity * item.price, item.currency)}</td>
            </tr>
          ))}
          {total === null || currency === undefined ? null : (
            <tr className={styles['total']}>
              <td>{t('message.order.total')}</td>
              <td>{money(total, currency)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {content.note === null ? null : <RichText body={content.note} />}
    </div>
  );
}
