import { CircleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.ts';
import { useNotices } from '../lib/stores/notices.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Notices.module.css';

/** Short sentences in the corner. */
export function Notices(): ReactNode {
  const { notices, dismiss } = useNotices();
  return (
    <div className={styles['corner']} role="alert">
      {notices.map((notice) => (
        <div key={notice.id} className={styles['notice']}>
          <CircleAlert size={16} aria-hidden="true" />
          <span>{notice.text}</span>
          <IconButton label={t('app.close')} onPress={() => dismiss(notice.id)}>
            <X size={14} />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
