import { CircleSlash } from 'lucide-react';
import type { ReactNode } from 'react';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import styles from './Composer.module.css';

/** What to know about the text: keys, and how much of it the channel takes. */
export function Hint(props: {
  readonly note: boolean;
  readonly length: number;
  readonly limit: number;
}): ReactNode {
  const { note, length, limit } = props;
  if (note) return t('inbox.composer.noteHint');
  if (length > limit) {
    return (
      <span className={styles['over']}>
        <CircleSlash size={12} aria-hidden="true" />
        {t('inbox.composer.tooLong', { count: length - limit, limit: count(limit) })}
      </span>
    );
  }
  if (length > limit * 0.9) return t('inbox.composer.left', { count: limit - length });
  return t('inbox.composer.hint');
}
