/** Script of a reader thread: queries, and on a thread of its own the searches. It has no method that writes. */
import { copyInto, countsOf, fileNames, lookThrough } from '../backup/copy.ts';
import { Forecast } from '../backup/judge.ts';
import { readPortion } from '../backup/portions.ts';
import type { Portion } from '../backup/types.ts';
import { openReaderConnection } from '../connection.ts';
import type { Kept } from '../retention/kept.ts';
import { ReadableDb } from '../sql.ts';
import { createReader } from './reads.ts';
import { serve } from './serve.ts';

serve({
  open(data, slow) {
    const raw = openReaderConnection(data);
    const db = new ReadableDb(raw, slow);
    let forecast: Forecast | null = null;
    // Of a copy: nobody writes to it. And VACUUM INTO goes into no transaction.
    const ofCopies = {
      copyInto: (input: Parameters<typeof copyInto>[1]) => copyInto(raw, input),
      lookThrough: () => lookThrough(raw, db),
      counts: () => countsOf(db),
      fileNames: () => fileNames(db),
      portion: (input: Parameters<typeof readPortion>[1]) => readPortion(db, input),
      beginForecast(kept: Kept) {
        forecast = new Forecast(db, kept);
      },
      forecast: (portion: Portion) => forecast?.look(portion),
    };
    return { handlers: { ...createReader(db), ...ofCopies }, close: () => void raw.close() };
  },
});
