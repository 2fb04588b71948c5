import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t.ts';
import styles from './Place.module.css';

export interface PlaceProps {
  readonly title: string;
  /** Beside the title: how much there is. */
  readonly about?: string | undefined;
  readonly backHref?: string;
  readonly backLabel?: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a place of the contact manager: the way back, a title, what can be done, the contents. */
export function Place({
  title,
  about,
  backHref = '#/contacts',
  backLabel,
  tools,
  children,
}: PlaceProps): ReactNode {
  const back = backLabel ?? t('merging.back');
  return (
    <main className={styles['place']}>
      <header className={styles['header']}>
        <a href={backHref} className={styles['back']} aria-label={back} title={back}>
          <ArrowLeft size={16} aria-hidden="true" className={styles['flip']} />
        </a>
        <h1 className={styles['title']}>{title}</h1>
        {about === undefined ? null : <p className={styles['about']}>{about}</p>}
        <div className={styles['tools']}>{tools}</div>
      </header>
      {children}
    </main>
  );
}
