import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './Person.module.css';

/** A part of a person's page. */
export function Section({
  title,
  more,
  children,
}: {
  readonly title: string;
  readonly more?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles['section']}>
      <div className={styles['sectionHead']}>
        <h2 id={id} className={styles['sectionTitle']}>
          {title}
        </h2>
        {more}
      </div>
      {children}
    </section>
  );
}
