import type { ReactNode } from 'react';
import type { Message } from '../../../../shared/domain/message.ts';
import { t } from '../../../i18n/t.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { kindWord } from '../kindWords.ts';
import { useThreadTools } from './context.ts';
import styles from './QuoteBlock.module.css';

/** The message that this one answers, in two lines; a press goes there. */
export function QuoteBlock({ quote }: { readonly quote: NonNullable<Message['quote']> }): ReactNode {
  const text = quote.text ?? '';
  const kind = quote.kind === null || quote.kind === 'text' ? null : kindWord(quote.kind);
  const { jumpTo } = useThreadTools();
  const { messageId } = quote;
  const words = (
    <>
      <VisuallyHidden>{t('message.quoteOf')}: </VisuallyHidden>
      {text === '' && kind === null
        ? t('message.quoteMissing')
        : [kind, text === '' ? null : text].filter((part) => part !== null).join(' · ')}
    </>
  );
  if (messageId === null) {
    return (
      <blockquote className={styles['quote']} dir="auto">
        {words}
      </blockquote>
    );
  }
  return (
    <blockquote>
      <button
        type="button"
        className={`${styles['quote'] ?? ''} ${styles['link'] ?? ''}`}
        dir="auto"
        title={t('thread.toQuoted')}
        onClick={() => jumpTo(messageId)}
      >
        {words}
      </button>
    </blockquote>
  );
}
