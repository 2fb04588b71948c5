/** What a person sets for this machine. Kept in `settings.json`, without any content of a workspace. */
import { z } from 'zod';

/** `HH:MM`, 24 hours, local time. */
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u);

export const QuietHours = z.object({
  from: TimeOfDay,
  /** May be before `from`: then it is the next morning. */
  to: TimeOfDay,
  /** Days on which they begin, 0 is Sunday. */
  days: z.array(z.number().int().min(0).max(6)).max(7),
});
export type QuietHours = z.infer<typeof QuietHours>;

export const NotificationSettings = z.object({
  enabled: z.boolean(),
  sound: z.boolean(),
  /** Whether name and text may be shown; otherwise only that something arrived. */
  showContent: z.boolean(),
  quietHours: QuietHours.nullable(),
  /** For which conversations: mine, the queue's, everybody else's, and notes that mention me. */
  rules: z.object({ mine: z.boolean(), unassigned: z.boolean(), others: z.boolean(), mentions: z.boolean() }),
});
export type NotificationSettings = z.infer<typeof NotificationSettings>;

export const LockSettings = z.object({
  /** Without input for this long, in minutes; 0: never by time. */
  afterMinutes: z.number().int().min(0).max(480),
  onSleep: z.boolean(),
  onScreenLock: z.boolean(),
});
export type LockSettings = z.infer<typeof LockSettings>;

export const Language = z.enum(['system', 'en', 'de', 'es', 'pt-BR', 'ar']);
export type Language = z.infer<typeof Language>;

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: Language,
  density: z.enum(['comfortable', 'compact']),
  /** How long a sent message can be taken back, in seconds; 0 (as it comes: a chat is answered at once) sends without waiting. */
  undoSendSeconds: z.number().int().min(0).max(30),
  notifications: NotificationSettings,
  lock: LockSettings,
});
export type Settings = z.infer<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  language: 'system',
  density: 'comfortable',
  undoSendSeconds: 0,
  notifications: {
    enabled: true,
    sound: true,
    showContent: true,
    quietHours: null,
    rules: { mine: true, unassigned: true, others: false, mentions: true },
  },
  // Not by time: a locked Parley does not tell of new messages, and a team answers all day.
  lock: { afterMinutes: 0, onSleep: true, onScreenLock: true },
};
