import { Pause, Play, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { MediaRef } from '../../../../../shared/domain/message-content.ts';
import { count, playTime } from '../../../../i18n/format.ts';
import { t } from '../../../../i18n/t.ts';
import { useMedia } from '../../../../lib/queries/hooks.ts';
import { cx } from '../../../../ui/cx.ts';
import { Spinner } from '../../../../ui/Spinner.tsx';
import styles from './kinds.module.css';
import { mediaUrl } from './mediaUrl.ts';

export interface PlayerProps {
  readonly media: MediaRef;
  /** Spoken name of the recording. */
  readonly label: string;
}

const BARS = 40;
const SPEEDS = [1, 1.5, 2] as const;

/** Plays a recording, with its waveform where it has one. Loaded on the first play. */
export function Player({ media, label }: PlayerProps): ReactNode {
  const [wanted, setWanted] = useState(false);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState((media.durationMs ?? 0) / 1000);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>(1);
  const audio = useRef<HTMLAudioElement>(null);
  const { state, again } = useMedia(media.id, wanted);
  const bars = useMemo(() => barsOf(media.waveform ?? null), [media.waveform]);
  const ready = state === 'ready';

  useEffect(() => {
    // The first press asked for the file; it starts as soon as it is here.
    if (ready) void audio.current?.play().catch(() => setPlaying(false));
  }, [ready]);

  const toggle = (): void => {
    const element = audio.current;
    if (state === 'failed') again();
    else if (!ready || element === null) setWanted(true);
    else if (playing) element.pause();
    else void element.play().catch(() => setPlaying(false));
  };
  const seek = (share: number): void => {
    const element = audio.current;
    if (element === null || length === 0) return;
    element.currentTime = Math.min(1, Math.max(0, share)) * length;
    setAt(element.currentTime);
  };

  const share = length === 0 ? 0 : at / length;
  return (
    <div className={cx(styles['row'], styles['wide'])} role="group" aria-label={label}>
      <button
        type="button"
        className={styles['play']}
        aria-label={
          state === 'failed'
            ? t('message.media.retry')
            : playing
              ? t('message.media.pause')
              : t('message.media.play')
        }
        onClick={toggle}
      >
        {state === 'loading' ? (
          <Spinner />
        ) : state === 'failed' ? (
          <RotateCw size={14} />
        ) : playing ? (
          <Pause size={14} fill="currentColor" />
        ) : (
          <Play size={14} fill="currentColor" />
        )}
      </button>
      <div
        className={styles['wave']}
        role="slider"
        tabIndex={0}
        aria-label={t('message.media.position')}
        aria-valuemin={0}
        aria-valuemax={Math.max(1, Math.round(length))}
        aria-valuenow={Math.round(at)}
        aria-valuetext={playTime(at)}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
          const from = rtl ? box.right - event.clientX : event.clientX - box.left;
          seek(from / box.width);
        }}
        onKeyDown={(event) => {
          const step = 5 / Math.max(1, length);
          const ahead =
            getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
          if (event.key === ahead || event.key === 'ArrowUp') seek(share + step);
          else if (event.key.startsWith('Arrow')) seek(share - step);
          else if (event.key === 'Home') seek(0);
          else if (event.key === 'End') seek(1);
          else if (event.key === ' ') toggle();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        {bars.map((height, index) => (
          <span
            // Bars never move.
            key={index}
            className={cx(styles['bar'], share > 0 && index / bars.length < share && styles['barPlayed'])}
            style={{ blockSize: `${String(height)}%` }}
          />
        ))}
      </div>
      <span className={styles['clock']}>
        {state === 'failed' ? t('message.media.notLoaded') : playTime(at > 0 ? at : length)}
      </span>
      <button
        type="button"
        className={styles['speed']}
        aria-label={t('thread.speed', { speed: `${count(speed)}×` })}
        onClick={() => {
          const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
          setSpeed(next);
          if (audio.current !== null) audio.current.playbackRate = next;
        }}
      >
        {count(speed)}×
      </button>
      {ready ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- a customer's recording has no captions
        <audio
          ref={audio}
          src={mediaUrl(media.id)}
          preload="auto"
          onPlay={(event) => {
            event.currentTarget.playbackRate = speed;
            setPlaying(true);
          }}
          onPause={() => setPlaying(false)}
          onEnded={() => setAt(0)}
          onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
          onLoadedMetadata={(event) => {
            if (Number.isFinite(event.currentTarget.duration)) setLength(event.currentTarget.duration);
          }}
        />
      ) : null}
    </div>
  );
}

/** Heights in percent: the waveform drawn into a fixed number of bars, or an even line without one. */
function barsOf(waveform: ReadonlyArray<number> | null): number[] {
  return Array.from({ length: BARS }, (_, index) => {
    if (waveform === null || waveform.length === 0) return 12;
    return Math.max(8, waveform[Math.floor((index / BARS) * waveform.length)] ?? 0);
  });
}
