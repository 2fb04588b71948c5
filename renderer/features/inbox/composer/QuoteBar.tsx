import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ThreadItem } from '../../../../shared/contract/rows.ts';
import { previewText } from '../../../../shared/domain/message-content.ts';
import { t } from '../../../i18n/t.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { kindWord } from '../kindWords.ts';
import { authorName } from '../thread/authors.ts';
import { useThreadTools } from '../thread/context.ts';
import styles from './Bars.module.css';

export interface QuoteBarProps {
  readonly messageId: string;
  readonly items: ReadonlyArray<ThreadItem>;
  readonly onRemove: () => void;
}

/** The message that is being answered, over the text. */
export function QuoteBar({ messageId, items, onRemove }: QuoteBarProps): ReactNode {
  const tools = useThreadTools();
  const found = items.find((item) => item.type === 'message' && item.message.id === messageId);
  const message = found?.type === 'message' ? found.message : null;
  const text = message === null ? '' : previewText(message.content);
  return (
    <div className={styles['quote']}>
      <div className={styles['quoted']}>
        {message === null ? null : (
          <span className={styles['quoteName']}>
            {t('writing.quote.label', { name: authorName(message, tools) })}
          </span>
        )}
        <span className={styles['quoteText']} dir="auto">
          {message === null
            ? t('writing.quote.missing')
            : text === ''
              ? kindWord(message.content.kind)
              : text}
        </span>
      </div>
      <IconButton label={t('writing.quote.remove')} onPress={onRemove}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
