/** Script of a reader thread: queries, and on a thread of its own the searches. It has no method that writes. */
import { openReaderConnection } from '../connection.ts';
import { ReadableDb } from '../sql.ts';
import { createReader } from './reads.ts';
import { serve } from './serve.ts';

serve({
  open(data, slow) {
    const raw = openReaderConnection(data);
    return { handlers: createReader(new ReadableDb(raw, slow)), close: () => void raw.close() };
  },
});
