import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useRef } from 'react';
import styles from './Splitter.module.css';

export interface SplitterProps {
  /** Spoken name, e.g. "Width of the conversation list". */
  readonly label: string;
  /** Id of the pane whose width this changes (the one before it in reading order). */
  readonly controls: string;
  /** Widths in px. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Width that a double click restores. */
  readonly initial: number;
  readonly onChange: (width: number) => void;
}

const STEP = 16;

/** The handle at the start of a pane (which is positioned) that changes the width of the one before it: drag, arrow keys, Home/End, double click. Follows the reading direction. */
export function Splitter({ label, controls, value, min, max, initial, onChange }: SplitterProps): ReactNode {
  const drag = useRef<{ readonly x: number; readonly width: number; readonly sign: 1 | -1 } | null>(null);
  const set = (width: number): void => onChange(Math.round(Math.min(max, Math.max(min, width))));

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    drag.current = { x: event.clientX, width: value, sign: rtl ? -1 : 1 };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const start = drag.current;
    if (start !== null) set(start.width + (event.clientX - start.x) * start.sign);
  };
  const onPointerEnd = (): void => {
    drag.current = null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const sign = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    if (event.key === 'ArrowLeft') set(value - STEP * sign);
    else if (event.key === 'ArrowRight') set(value + STEP * sign);
    else if (event.key === 'Home') set(min);
    else if (event.key === 'End') set(max);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-controls={controls}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      className={styles['splitter']}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onDoubleClick={() => set(initial)}
      onKeyDown={onKeyDown}
    />
  );
}
