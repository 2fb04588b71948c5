/**
 * The frames of a WhatsApp Cloud API webhook, checked as loosely as can be: only what is needed to walk the payload is asked
 * for, unknown fields are ignored, and a part that does not fit never spoils its neighbours. What a message says is checked
 * kind by kind in `content.ts`, where a misfit becomes an `unknown` message instead of an error.
 */
import { z } from 'zod';

/** An array of anything; whatever is not an array counts as empty. */
const Items = z.array(z.unknown()).catch([]);
const MaybeText = z.string().min(1).nullish().catch(null);

/** Text that may also come as a number (ids, codes). */
export const TextLike = z.union([z.string(), z.number().transform(String)]);

export const Envelope = z.object({ entry: z.array(z.unknown()) });

export const Entry = z.object({
  /** The WhatsApp Business Account. */
  id: TextLike.catch(''),
  /** Seconds; only account-level payloads have it. */
  time: z.unknown().optional(),
  changes: Items,
});

export const Change = z.object({ field: z.string(), value: z.record(z.string(), z.unknown()) });
export type Value = Record<string, unknown>;

export const Metadata = z.object({ phone_number_id: TextLike, display_phone_number: MaybeText });

export const ContactInfo = z.object({
  wa_id: MaybeText,
  user_id: MaybeText,
  parent_user_id: MaybeText,
  profile: z.object({ name: MaybeText, username: MaybeText }).nullish().catch(null),
});
export type ContactInfo = z.infer<typeof ContactInfo>;

/** One message or echo. `from` and `to` are wa_ids; the user ids stand beside them, or alone when the number is hidden. */
export const MessageFrame = z.object({
  id: z.string().min(1).max(512),
  type: z.string().min(1).max(128),
  timestamp: z.unknown().optional(),
  from: MaybeText,
  from_user_id: MaybeText,
  from_parent_user_id: MaybeText,
  to: MaybeText,
  to_user_id: MaybeText,
  to_parent_user_id: MaybeText,
  context: z
    .object({
      id: MaybeText,
      forwarded: z.boolean().nullish().catch(null),
      frequently_forwarded: z.boolean().nullish().catch(null),
    })
    .nullish()
    .catch(null),
  referral: z.record(z.string(), z.unknown()).nullish().catch(null),
  errors: Items,
});
export type MessageFrame = z.infer<typeof MessageFrame>;

export const ErrorInfo = z.object({
  code: z.coerce.number().int().nullish().catch(null),
  title: MaybeText,
  message: MaybeText,
  error_data: z.object({ details: MaybeText }).nullish().catch(null),
});

export const StatusFrame = z.object({
  id: z.string().min(1).max(512),
  status: z.string(),
  type: MaybeText,
  timestamp: z.unknown().optional(),
  recipient_id: MaybeText,
  recipient_user_id: MaybeText,
  biz_opaque_callback_data: MaybeText,
  errors: Items,
});

export const CallFrame = z.object({
  id: z.string().min(1).max(512),
  event: z.string(),
  timestamp: z.unknown().optional(),
  from: MaybeText,
  from_user_id: MaybeText,
  to: MaybeText,
  to_user_id: MaybeText,
  direction: MaybeText,
  status: MaybeText,
  start_time: z.unknown().optional(),
  duration: z.number().nonnegative().nullish().catch(null),
});

export const PreferenceFrame = z.object({
  wa_id: MaybeText,
  user_id: MaybeText,
  category: MaybeText,
  value: z.string(),
  detail: MaybeText,
  timestamp: z.unknown().optional(),
});

export const TemplateFrame = z.object({
  message_template_name: z.string().min(1),
  message_template_language: z.string().min(1),
});

/** All items of `list` that fit, and how many did not. */
export function fitting<T extends z.ZodType>(
  schema: T,
  list: unknown,
): { items: z.output<T>[]; misfits: number } {
  const items: z.output<T>[] = [];
  let misfits = 0;
  for (const item of Array.isArray(list) ? list : []) {
    const parsed = schema.safeParse(item);
    if (parsed.success) items.push(parsed.data);
    else misfits += 1;
  }
  return { items, misfits };
}

/** The first item that fits, or null. */
export function firstFitting<T extends z.ZodType>(schema: T, list: unknown): z.output<T> | null {
  return fitting(schema, list).items[0] ?? null;
}

/**
 * Meta's timestamps are seconds, as text or as a number; ours are epoch milliseconds. Anything that is not a believable time
 * (after 2009, before the year 2100) becomes `otherwise`.
 */
export function timeOf(value: unknown, otherwise: number): number {
  const seconds =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\d{1,12}$/.test(value)
        ? Number(value)
        : Number.NaN;
  if (!Number.isFinite(seconds) || seconds < 1_230_768_000 || seconds > 4_102_444_800) return otherwise;
  return Math.floor(seconds * 1000);
}
