import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { Logo } from '../../ui/Logo.tsx';
import styles from './Card.module.css';

export interface CardProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons, the main one first. */
  readonly actions?: ReactNode;
}

/** The frame of every screen before the inbox: the name, one card, one clear thing to do. */
export function Card({ icon, title, children, actions }: CardProps): ReactNode {
  return (
    <main className={styles['screen']}>
      <div className={styles['brand']}>
        <Logo size={24} />
        <span>{t('app.name')}</span>
      </div>
      <section className={styles['card']} aria-labelledby="card-title">
        <header className={styles['head']}>
          {icon === undefined ? null : (
            <span className={styles['icon']} aria-hidden="true">
              {icon}
            </span>
          )}
          <h1 id="card-title" className={styles['title']}>
            {title}
          </h1>
        </header>
        {children}
        {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
      </section>
    </main>
  );
}

/** A paragraph of a card. */
export function CardText({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className={styles['text']}>{children}</p>;
}

/** Something that must not be overlooked. */
export function CardWarning({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={styles['warning']} role="alert">
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  );
}

/** An error of the last try. Always there, so that a screen reader notices when it is filled. */
export function CardError({ children }: { readonly children: string | null }): ReactNode {
  return (
    <div role="alert" className={children === null ? undefined : styles['error']}>
      {children}
    </div>
  );
}
