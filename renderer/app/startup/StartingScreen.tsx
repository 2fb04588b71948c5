import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { Logo } from '../../ui/Logo.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './Card.module.css';

/** While the cache is being opened, or while the main process is away. */
export function StartingScreen({
  title,
  text,
}: {
  readonly title: string | null;
  readonly text: string;
}): ReactNode {
  return (
    <main className={styles['starting']}>
      <Logo size={40} />
      {title === null ? (
        <VisuallyHidden>
          <h1>{t('app.name')}</h1>
        </VisuallyHidden>
      ) : (
        <h1 className={styles['title']}>{title}</h1>
      )}
      <p className={`${styles['line'] ?? ''} ${styles['waiting'] ?? ''}`} role="status">
        <Spinner />
        {text}
      </p>
    </main>
  );
}
