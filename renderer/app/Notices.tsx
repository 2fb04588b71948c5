import { Check, CircleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.ts';
import type { Notice } from '../lib/stores/notices.ts';
import { useNotices } from '../lib/stores/notices.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Notices.module.css';

/** Short sentences in the corner: problems interrupt a screen reader, what was done does not. */
export function Notices(): ReactNode {
  const notices = useNotices((state) => state.notices);
  return (
    <div className={styles['corner']}>
      <div role="alert" className={styles['pile']}>
        {notices.map((notice) =>
          notice.tone === 'problem' ? <Line key={notice.id} notice={notice} /> : null,
        )}
      </div>
      <div role="status" className={styles['pile']}>
        {notices.map((notice) => (notice.tone === 'done' ? <Line key={notice.id} notice={notice} /> : null))}
      </div>
    </div>
  );
}

function Line({ notice }: { readonly notice: Notice }): ReactNode {
  const dismiss = useNotices((state) => state.dismiss);
  const { action } = notice;
  return (
    <div className={styles['notice']} data-tone={notice.tone}>
      {notice.tone === 'problem' ? (
        <CircleAlert size={16} aria-hidden="true" />
      ) : (
        <Check size={16} aria-hidden="true" />
      )}
      <span>{notice.text}</span>
      {action === null ? null : (
        <Button
          size="small"
          variant="ghost"
          onPress={() => {
            dismiss(notice.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={t('app.close')} onPress={() => dismiss(notice.id)}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
