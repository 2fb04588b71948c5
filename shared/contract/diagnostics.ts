/** What support asks for when something is wrong: numbers, kinds and times. Nothing that anybody wrote, no name, no number of a phone. */
import { z } from 'zod';
import { Timestamp } from '../domain/time.ts';
import { call, nothing } from './call.ts';

export const DiagnosticsReport = z.object({
  at: Timestamp,
  /** Names and versions of what runs here. */
  versions: z.record(z.string(), z.string()),
  connection: z.string(),
  sync: z.object({
    stage: z.string(),
    cursor: z.number().int(),
    conversations: z.number().int(),
    messages: z.number().int(),
  }),
  /** What waits to be sent: how much of each type of command in each state. */
  queue: z.array(z.object({ type: z.string(), state: z.string(), count: z.number().int() })),
  quarantine: z.array(z.object({ type: z.string(), reason: z.string(), count: z.number().int() })),
  /** Statements that took long since the start, the slowest first: their text as it stands in the source, without parameters. */
  slow: z.array(
    z.object({ statement: z.string(), count: z.number().int(), worstMs: z.number(), lastAt: Timestamp }),
  ),
  /** The end of the log: time, level, sentence and the fields that may be told. */
  log: z.array(z.string()),
});
export type DiagnosticsReport = z.infer<typeof DiagnosticsReport>;

export const diagnosticsCalls = {
  'diagnostics.report': call(nothing, DiagnosticsReport),
  /** All of it and the settings (values only where they are no words) as one ZIP, behind a ticket. */
  'diagnostics.bundle': call(nothing, z.object({ ticket: z.string(), fileName: z.string() })),
} as const;
