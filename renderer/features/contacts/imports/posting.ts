import { create } from 'zustand';
import { t } from '../../../i18n/t.ts';
import type { Bridge } from '../../../lib/bridge/bridge.ts';
import { callWords } from '../../../lib/callWords.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import type { Reading } from './postFile.ts';
import { postFile } from './postFile.ts';

/** Bytes of one file that the application takes (electron/transfer/limits.ts). */
const LARGEST = 1_000_000_000;

interface Posting {
  /** The file that is on its way, and how much of it has gone over. */
  readonly now: { readonly name: string; readonly share: number; readonly stop: () => void } | null;
  /** The files of jobs, as long as this page lives: to read one another way. */
  readonly files: ReadonlyMap<string, File>;
  /** Answers the job's id; null: it was stopped or refused, and that was said. */
  post(bridge: Bridge, file: File, reading: Reading, insteadOf: string | null): Promise<string | null>;
}

export const usePosting = create<Posting>()((set, get) => ({
  now: null,
  files: new Map(),
  post: async (bridge, file, reading, insteadOf) => {
    const unfit = file.size === 0 ? 'empty' : file.size > LARGEST ? 'too_large' : null;
    if (unfit !== null) {
      useNotices.getState().show(t(`imports.problem.${unfit}`));
      return null;
    }
    get().now?.stop();
    const abort = new AbortController();
    const stop = (): void => abort.abort(new DOMException('stopped', 'AbortError'));
    set({ now: { name: file.name, share: 0, stop } });
    try {
      const job = await postFile(file, reading, {
        onProgress: (share) => set({ now: { name: file.name, share, stop } }),
        signal: abort.signal,
      });
      const files = new Map(get().files).set(job.id, file);
      if (insteadOf !== null) {
        files.delete(insteadOf);
        await bridge.call('import.discard', { importId: insteadOf });
      }
      set({ files });
      return job.id;
    } catch (error) {
      if (!abort.signal.aborted) useNotices.getState().show(callWords(error));
      return null;
    } finally {
      set({ now: null });
    }
  },
}));
