import type { ReactNode } from 'react';
import { useState } from 'react';
import { Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components';
import styles from './Slider.module.css';

export interface SliderProps {
  /** Spoken name. */
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** The value in words, shown beside it. */
  readonly words: (value: number) => string;
  /** Called when the thumb is let go, and for each key. */
  readonly onChange: (value: number) => void;
}

/** A number within bounds, in whole steps. */
export function Slider({ label, value, min, max, words, onChange }: SliderProps): ReactNode {
  const [dragged, setDragged] = useState<number | null>(null);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    // Whoever holds the value has taken it, or has another one: until then a key counts from what is shown.
    setKnown(value);
    setDragged(null);
  }
  const shown = dragged ?? value;
  return (
    <AriaSlider
      aria-label={label}
      value={shown}
      minValue={min}
      maxValue={max}
      onChange={setDragged}
      onChangeEnd={onChange}
      className={styles['slider'] ?? ''}
    >
      <span className={styles['words']}>{words(shown)}</span>
      <SliderTrack className={styles['track'] ?? ''}>
        <SliderThumb className={styles['thumb'] ?? ''} />
      </SliderTrack>
    </AriaSlider>
  );
}
