/**
 * Records a voice message from the microphone: start, level meter, stop or cancel. The result is an Ogg/Opus file, which is what
 * channels take. The microphone is released in every ending, so that its light never stays on.
 */
import { levelOf, waveformOf } from './waveform.ts';
import { RemuxError, webmToOgg } from './webm-to-ogg.ts';

/**
 * `no_permission`: refused by the user, the system or the application's policy. `no_microphone`: none there, or taken by another
 * program. `unsupported`: this browser cannot record Opus. `empty`: stopped before there was any sound. `failed`: it broke off.
 */
export type RecordErrorKind = 'no_permission' | 'no_microphone' | 'unsupported' | 'empty' | 'failed';

export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly kind: RecordErrorKind;

  constructor(kind: RecordErrorKind, cause?: unknown) {
    super(`recording: ${kind}`, { cause });
    this.kind = kind;
  }
}

export type RecordedVoice = {
  bytes: Uint8Array<ArrayBuffer>;
  /** Always OGG_OPUS. */
  mimeType: string;
  durationMs: number;
  /** 64 values from 0 to 100. */
  waveform: number[];
};

export type RecorderOptions = {
  /** Stops by itself after so long. Keep it within what the channel takes: Opus for speech needs about 4 KB a second. */
  maxMs: number;
  /** Called about 20 times a second with the loudness (0 to 1) and the time recorded so far. */
  onLevel?: (level: number, elapsedMs: number) => void;
};

/** A recording that runs. `finished` settles once: with the voice after `stop` or the time limit, with null after `cancel`. */
export type Recording = {
  stop: () => void;
  cancel: () => void;
  /** Rejects with RecordError. */
  finished: Promise<RecordedVoice | null>;
};

export const OGG_OPUS = 'audio/ogg; codecs=opus';
const WEBM_OPUS = 'audio/webm;codecs=opus';
const LEVEL_EVERY_MS = 50;
/** Speech in good quality; WhatsApp's own voice messages are at about 16 to 24 kbit/s. */
const BITS_PER_SECOND = 32_000;

/** Whether this browser can record voice messages at all (it may still lack a microphone). */
export function canRecord(): boolean {
  return (
    typeof MediaRecorder !== 'undefined' &&
    'mediaDevices' in navigator &&
    MediaRecorder.isTypeSupported(WEBM_OPUS)
  );
}

/** Asks for the microphone and starts. Rejects with RecordError. */
export async function startRecording(options: RecorderOptions): Promise<Recording> {
  if (!canRecord()) throw new RecordError('unsupported');
  const stream = await microphone();
  try {
    return record(stream, options);
  } catch (error) {
    release(stream);
    throw new RecordError('unsupported', error);
  }
}

async function microphone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError' || name === 'SecurityError') throw new RecordError('no_permission', error);
    if (name === 'NotFoundError' || name === 'NotReadableError' || name === 'OverconstrainedError') {
      throw new RecordError('no_microphone', error);
    }
    throw new RecordError('failed', error);
  }
}

function record(stream: MediaStream, options: RecorderOptions): Recording {
  const recorder = new MediaRecorder(stream, { mimeType: WEBM_OPUS, audioBitsPerSecond: BITS_PER_SECOND });
  const meter = startMeter(stream, options.onLevel);
  const chunks: Blob[] = [];
  const done = Promise.withResolvers<RecordedVoice | null>();
  let canceled = false;

  const finish = async (): Promise<void> => {
    const levels = meter.stop();
    release(stream);
    if (canceled) {
      done.resolve(null);
      return;
    }
    try {
      const webm = new Uint8Array(await new Blob(chunks).arrayBuffer());
      const { bytes, durationMs } = webmToOgg(webm);
      done.resolve({ bytes, mimeType: OGG_OPUS, durationMs, waveform: waveformOf(levels) });
    } catch (error) {
      // Stopped at once: the recorder wrote nothing, or a head without sound.
      const nothing =
        error instanceof RemuxError && (error.kind === 'empty' || chunks.every((it) => it.size === 0));
      done.reject(new RecordError(nothing ? 'empty' : 'failed', error));
    }
  };
  const stop = (): void => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data));
  // Comes after every ending: stop, the limit, an error, and a microphone that was pulled out.
  recorder.addEventListener('stop', () => void finish());
  recorder.start(1_000);
  const limit = setTimeout(stop, options.maxMs);
  recorder.addEventListener('stop', () => clearTimeout(limit));
  return {
    stop,
    cancel: () => {
      canceled = true;
      stop();
    },
    finished: done.promise,
  };
}

/** Measures the loudness until stopped; answers all that was measured. */
function startMeter(stream: MediaStream, onLevel: RecorderOptions['onLevel']): { stop: () => number[] } {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const levels: number[] = [];
  const started = performance.now();
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const level = levelOf(samples);
    levels.push(level);
    onLevel?.(level, performance.now() - started);
  }, LEVEL_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      // Closing can only fail when it is closed already.
      void context.close();
      return levels;
    },
  };
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
