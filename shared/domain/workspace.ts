/** The people of a workspace and what they share: users, labels, message templates. */
import { z } from 'zod';
import { Id } from './id.ts';
import { MessageButton } from './message-content.ts';
import { Timestamp } from './time.ts';

export const Role = z.enum(['owner', 'supervisor', 'agent']);
export type Role = z.infer<typeof Role>;

export const Workspace = z.object({ id: Id, name: z.string() });
export type Workspace = z.infer<typeof Workspace>;

/** What everybody has to be told once. `unofficial_channel`: a channel that is not affiliated with WhatsApp or Meta. */
export const Notice = z.enum(['unofficial_channel']);
export type Notice = z.infer<typeof Notice>;

/** `channelIds`: the channels that an agent works on; null means all of them. */
export const User = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  channelIds: z.array(Id).nullable(),
  disabled: z.boolean(),
  /** What this user was told and said to have understood, and when. */
  acknowledged: z.array(z.object({ notice: Notice, at: Timestamp })).optional(),
  rev: z.number().int().nonnegative(),
});
export type User = z.infer<typeof User>;

/** `colour` is a name from the page's palette, not a CSS value. */
export const Label = z.object({
  id: Id,
  name: z.string().min(1).max(64),
  colour: z.enum(['grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink']),
  deleted: z.boolean(),
  rev: z.number().int().nonnegative(),
});
export type Label = z.infer<typeof Label>;

/**
 * A message text approved by the provider. Only `approved` may be sent. `quality` is an assessment beside the state: a
 * flagged template may still be approved. Placeholders are written {{1}} or {{name}}.
 */
export const Template = z.object({
  id: Id,
  channelId: Id,
  name: z.string(),
  language: z.string(),
  category: z.enum(['marketing', 'utility', 'authentication', 'service', 'other']),
  state: z.enum(['approved', 'pending', 'rejected', 'paused', 'disabled', 'in_appeal', 'deleted', 'unknown']),
  quality: z.enum(['green', 'yellow', 'red', 'unknown']),
  header: z
    .object({ type: z.enum(['text', 'image', 'video', 'document', 'location']), text: z.string().nullable() })
    .nullable(),
  body: z.string(),
  footer: z.string().nullable(),
  buttons: z.array(MessageButton),
  reason: z.string().nullable(),
  rev: z.number().int().nonnegative(),
});
export type Template = z.infer<typeof Template>;
