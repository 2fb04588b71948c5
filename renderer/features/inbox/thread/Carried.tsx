import type { ReactNode } from 'react';
import { mediaOf } from '../../../../shared/domain/message-content.ts';
import type { MessageContent } from '../../../../shared/domain/message-content.ts';
import { percent } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useCarried } from '../../../lib/stores/carried.ts';
import { Progress } from '../../../ui/Progress.tsx';
import styles from './Carried.module.css';

/** How far the file of an unsent message has got to the gateway; nothing while none is on its way. */
export function Carried({ content }: { readonly content: MessageContent }): ReactNode {
  const share = useCarried(mediaOf(content)?.id ?? null);
  if (share === null) return null;
  return (
    <span className={styles['carried']}>
      <span className={styles['bar']}>
        <Progress label={t('writing.attach.carrying')} value={share} />
      </span>
      <span className={styles['share']} aria-hidden="true">
        {percent(share)}
      </span>
    </span>
  );
}
