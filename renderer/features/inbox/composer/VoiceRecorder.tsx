import { Send, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Capabilities } from '../../../../shared/domain/channel.ts';
import type { MediaRef } from '../../../../shared/domain/message-content.ts';
import { checkUpload } from '../../../../shared/domain/upload-check.ts';
import { playTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { keysOf } from '../../../lib/shortcuts/match.ts';
import { callWords } from '../../../lib/callWords.ts';
import { uploadFile } from '../../../lib/upload.ts';
import type { Recording } from '../../../lib/voice/recorder.ts';
import { canRecord, OGG_OPUS, RecordError, startRecording } from '../../../lib/voice/recorder.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import styles from './Voice.module.css';

/** Longest voice message, in ms, where the channel would take more. */
const LONGEST = 15 * 60_000;
/** Bytes of a second of speech as it is recorded, with room to spare. */
const BYTES_PER_SECOND = 4_500;
const BARS = 48;

/** Whether voice messages can be recorded for a channel. */
export function takesVoice(capabilities: Capabilities): boolean {
  return (
    canRecord() &&
    checkUpload(capabilities, { kind: 'voice', mimeType: OGG_OPUS, size: 1, fileName: null }).ok
  );
}

export interface VoiceRecorderProps {
  readonly capabilities: Capabilities;
  readonly onVoice: (media: MediaRef) => void;
  /** Cancelled, or it did not work: with the reason in words. */
  readonly onClose: (problem: string | null) => void;
}

/** Records as soon as it is shown: level, time, cancel, send. */
export function VoiceRecorder({ capabilities, onVoice, onClose }: VoiceRecorderProps): ReactNode {
  const recording = useRef<Recording | null>(null);
  const [levels, setLevels] = useState<ReadonlyArray<number>>([]);
  const [elapsed, setElapsed] = useState(0);
  const [sending, setSending] = useState(false);
  const done = useRef({ onVoice, onClose });
  useEffect(() => {
    done.current = { onVoice, onClose };
  }, [onVoice, onClose]);
  const maxMs = Math.min(LONGEST, ((capabilities.uploads.voice?.maxBytes ?? 0) / BYTES_PER_SECOND) * 1000);

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const run = async (): Promise<void> => {
      try {
        const started = await startRecording({
          maxMs,
          onLevel: (level, at) => {
            if (signal.aborted) return;
            setElapsed(at);
            setLevels((before) => [...before.slice(1 - BARS), level]);
          },
        });
        recording.current = started;
        if (signal.aborted) started.cancel();
        const voice = await started.finished;
        if (signal.aborted) return;
        if (voice === null) {
          done.current.onClose(null);
          return;
        }
        setSending(true);
        const media = await uploadFile(
          new Blob([voice.bytes], { type: voice.mimeType }),
          { mimeType: voice.mimeType, fileName: null },
          { onProgress: () => undefined, signal },
        );
        done.current.onVoice({
          ...media,
          durationMs: Math.round(voice.durationMs),
          waveform: voice.waveform,
        });
      } catch (error) {
        if (signal.aborted) return;
        done.current.onClose(
          error instanceof RecordError ? t(`writing.voice.${error.kind}`) : callWords(error),
        );
      }
    };
    void run();
    return () => {
      abort.abort();
      recording.current?.cancel();
    };
  }, [maxMs]);

  const cancel = useCallback(() => {
    if (recording.current === null) done.current.onClose(null);
    else recording.current.cancel();
  }, []);
  const stop = useCallback(() => recording.current?.stop(), []);

  return (
    // Escape cancels, whichever of its controls has the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={styles['voice']}
      role="group"
      aria-label={t('writing.voice.recording')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        cancel();
      }}
    >
      <IconButton label={t('writing.voice.cancel')} shortcut={keysOf('back')} onPress={cancel}>
        <Trash2 size={16} />
      </IconButton>
      <span className={styles['dot']} aria-hidden="true" />
      <span className={styles['time']} role="timer" aria-label={t('writing.voice.recording')}>
        {playTime(elapsed / 1000)}
      </span>
      <span
        className={styles['levels']}
        role="meter"
        aria-label={t('writing.voice.level')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((levels.at(-1) ?? 0) * 100)}
      >
        {Array.from({ length: BARS }, (_, index) => {
          const level = levels[levels.length - BARS + index] ?? 0;
          return (
            <span
              // Bars are places, their heights change.
              key={index}
              className={styles['bar']}
              style={{ blockSize: `${String(Math.max(8, Math.min(100, Math.sqrt(level) * 140)))}%` }}
            />
          );
        })}
      </span>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it stands where the focus was */}
      <Button variant="primary" autoFocus isPending={sending} onPress={stop} icon={<Send size={14} />}>
        {t('writing.voice.send')}
      </Button>
    </div>
  );
}
