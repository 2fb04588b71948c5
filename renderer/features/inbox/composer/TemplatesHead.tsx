import { ArrowLeft, LayoutTemplate } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import { t } from '../../../i18n/t.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';
import styles from './Composer.module.css';

export interface TemplatesHeadProps {
  readonly detail: ConversationDetail;
  readonly closed: boolean;
  readonly hasDraft: boolean;
  readonly onBack: () => void;
}

/** Why the templates are here instead of the text box. */
export function TemplatesHead({ detail, closed, hasDraft, onBack }: TemplatesHeadProps): ReactNode {
  const never = detail.conversation.lastInboundAt === null;
  return (
    <div className={cx(styles['templatesHead'], closed && styles['closed'])}>
      <LayoutTemplate size={16} aria-hidden="true" />
      <div className={styles['templatesWords']} role="status">
        <strong>
          {closed && !never ? t('writing.templates.closedTitle') : t('writing.templates.title')}
        </strong>
        {closed ? (
          <span>
            {never ? t('writing.templates.neverText') : t('writing.templates.closedText')}
            {hasDraft ? ` ${t('writing.templates.draftKept')}` : null}
          </span>
        ) : null}
      </div>
      {closed ? null : (
        <Button
          variant="ghost"
          size="small"
          icon={<ArrowLeft size={14} className={styles['flip']} />}
          onPress={onBack}
        >
          {t('writing.templates.back')}
        </Button>
      )}
    </div>
  );
}
