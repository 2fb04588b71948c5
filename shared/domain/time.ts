/** Points in time are epoch milliseconds; durations are milliseconds unless the name says otherwise. */
import { z } from 'zod';

export const Timestamp = z.number().int().nonnegative();

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
