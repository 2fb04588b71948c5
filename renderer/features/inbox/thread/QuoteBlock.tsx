import type { ReactNode } from 'react';
import type { Message } from '../../../../shared/domain/message.ts';
import { t } from '../../../i18n/t.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { kindWord } from '../kindWords.ts';
import styles from './QuoteBlock.module.css';

/** The message that this one answers, in two lines. */
export function QuoteBlock({ quote }: { readonly quote: NonNullable<Message['quote']> }): ReactNode {
  const text = quote.text ?? '';
  const kind = quote.kind === null || quote.kind === 'text' ? null : kindWord(quote.kind);
  return (
    <blockquote className={styles['quote']} dir="auto">
      <VisuallyHidden>{t('message.quoteOf')}: </VisuallyHidden>
      {text === '' && kind === null
        ? t('message.quoteMissing')
        : [kind, text === '' ? null : text].filter((part) => part !== null).join(' · ')}
    </blockquote>
  );
}
