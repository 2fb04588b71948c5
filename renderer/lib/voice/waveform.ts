/** The shape of a sound for its bubble: 64 bars from 0 to 100, as MediaRef.waveform keeps it. */

export const WAVEFORM_BARS = 64;

/** Bars from levels measured at equal distances (0 to 1): each bar is the loudest of its part, the loudest bar is 100. */
export function waveformOf(levels: ArrayLike<number>, bars: number = WAVEFORM_BARS): number[] {
  if (levels.length === 0) return Array.from({ length: bars }, () => 0);
  const peaks = Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / bars));
    let peak = 0;
    for (let index = from; index < to; index += 1) peak = Math.max(peak, Math.abs(finite(levels[index])));
    return peak;
  });
  const loudest = Math.max(...peaks);
  // Below this all is the noise of a silent room: do not blow it up.
  const full = Math.max(loudest, SILENCE);
  return peaks.map((peak) => Math.round((peak / full) * 100));
}

const SILENCE = 0.01;

function finite(value: number | undefined): number {
  return value === undefined || !Number.isFinite(value) ? 0 : value;
}

/** Loudness of samples (-1 to 1) as root mean square, 0 to 1: what a level meter shows. */
export function levelOf(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(1, Math.sqrt(sum / samples.length));
}
