import { z } from 'zod';
import { Id } from './id.ts';

/** Some users under one name, to whom conversations can be passed. */
export const Team = z.object({
  id: Id,
  name: z.string().min(1).max(80),
  memberIds: z.array(Id),
  deleted: z.boolean(),
  rev: z.number().int().nonnegative(),
});
export type Team = z.infer<typeof Team>;
