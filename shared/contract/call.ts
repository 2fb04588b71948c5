import { z } from 'zod';

/** The input of calls that need none, and the output of those that answer nothing. */
export const nothing = z.object({});

/** A call of the contract: the schemas of what goes in and of what comes out. */
export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output } as const;
}
