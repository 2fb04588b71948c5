import type { ReactNode } from 'react';
import { memo } from 'react';
import styles from './Avatar.module.css';
import { cx } from './cx.ts';
import { initialsOf } from './initials.ts';

export interface AvatarProps {
  readonly name: string;
  readonly size?: 20 | 24 | 32;
  /** People of the team are round, customers are rounded squares: told apart without colour. */
  readonly shape?: 'round' | 'square';
}

/** Initials on a neutral ground. Decorative: the name stands beside it in words. */
export const Avatar = memo(function Avatar({ name, size = 32, shape = 'round' }: AvatarProps): ReactNode {
  return (
    <span
      className={cx(styles['avatar'], styles[`size${String(size)}`], styles[shape])}
      // Drawn by the style sheet: the letters are a picture of the name, not a text of their own.
      data-initials={initialsOf(name)}
      aria-hidden="true"
    />
  );
});
