import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { Switch } from '../../ui/Switch.tsx';
import styles from './Row.module.css';

export interface RowProps {
  readonly title: string;
  readonly hint?: string | undefined;
  /** Id of the hint, for the control to refer to. */
  readonly hintId?: string | undefined;
  /** The title is the control's own label: not said twice. */
  readonly isLabelled?: boolean;
  readonly children: ReactNode;
}

/** One setting: what it is at the start, its control at the end. */
export function Row({ title, hint, hintId, isLabelled = true, children }: RowProps): ReactNode {
  return (
    <div className={styles['row']} data-setting={title}>
      <div className={styles['words']}>
        <span className={styles['title']} aria-hidden={isLabelled || undefined}>
          {title}
        </span>
        {hint === undefined ? null : (
          <span id={hintId} className={styles['hint']}>
            {hint}
          </span>
        )}
      </div>
      <div className={styles['control']}>{children}</div>
    </div>
  );
}

/** Settings that belong together. */
export function Group({
  title,
  children,
}: {
  readonly title?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className={cx(styles['group'], title !== undefined && styles['titled'])} aria-label={title}>
      {title === undefined ? null : <h2 className={styles['heading']}>{title}</h2>}
      <div className={styles['rows']}>{children}</div>
    </section>
  );
}

export interface SwitchRowProps {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly isSelected: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isSelected: boolean) => void;
  /** Beside the switch. */
  readonly more?: ReactNode;
}

/** A setting that is on or off. */
export function SwitchRow({ id, title, hint, more, ...rest }: SwitchRowProps): ReactNode {
  const hintId = `${id}-hint`;
  return (
    <Row title={title} hint={hint} hintId={hintId}>
      {more}
      <Switch label={title} describedBy={hint === undefined ? undefined : hintId} {...rest} />
    </Row>
  );
}
