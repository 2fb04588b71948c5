import type { ReactNode } from 'react';
import styles from './Skeleton.module.css';

/** A quiet bar for something that is really being loaded. Shows itself only after 150 ms so that cached data never flashes it. */
export function Skeleton({
  width,
  height = 12,
}: {
  readonly width: number | string;
  readonly height?: number;
}): ReactNode {
  return (
    <span
      className={styles['skeleton']}
      style={{ inlineSize: width, blockSize: height }}
      aria-hidden="true"
    />
  );
}
