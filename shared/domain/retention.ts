/**
 * How long things are kept on a desktop. Three have a say: what the gateway promised, the workspace's rule, and this device's.
 * The strictest holds, for each class of things by itself; only a legal hold keeps longer (legal-hold.ts).
 *
 * What the age of a thing is counted from: `content`, `log` and `media` from the time of the message, `notes` and `audit` from
 * their own writing, `exports` from the oldest message in the file, so that an export outlives nothing that it holds.
 * Contacts are no class: they never expire by age.
 */
import { z } from 'zod';
import { TimeZone } from './calendar.ts';
import { Id } from './id.ts';
import type { PolicyProfile } from './policy.ts';
import { PurgeMode } from './policy.ts';
import { Timestamp } from './time.ts';

export const RETENTION_CLASSES = ['content', 'log', 'media', 'notes', 'exports', 'audit'] as const;
export const RetentionClass = z.enum(RETENTION_CLASSES);
export type RetentionClass = z.infer<typeof RetentionClass>;

/** Calendar days; null: not limited by this source. */
const Days = z.number().int().min(1).max(36_500).nullable().default(null);
export const RetentionDays = z.object({
  content: Days,
  log: Days,
  media: Days,
  notes: Days,
  exports: Days,
  audit: Days,
});
export type RetentionDays = z.infer<typeof RetentionDays>;

const unlimited = () => RetentionDays.parse({});

/** The workspace's own rule, which only owners edit. Its days are counted in `timeZone`. */
export const WorkspaceRetention = z.object({
  days: RetentionDays.default(unlimited),
  mode: PurgeMode.default('delete'),
  storage: z.enum(['on', 'off']).default('on'),
  timeZone: TimeZone.default('UTC'),
  updatedAt: Timestamp.nullable().default(null),
  updatedBy: Id.nullable().default(null),
  rev: z.number().int().nonnegative().default(0),
});
export type WorkspaceRetention = z.infer<typeof WorkspaceRetention>;

/** What this device asks on top; null: nothing. It has no words for anything looser. */
export const DeviceRetention = z.object({
  days: RetentionDays.default(unlimited),
  mode: z.literal('delete').nullable().default(null),
  storage: z.literal('off').nullable().default(null),
});
export type DeviceRetention = z.infer<typeof DeviceRetention>;

export type RetentionSource = 'gateway' | 'workspace' | 'device';

/**
 * The clock of a class. `days` null: nobody limits it, which is shown as "not stated", never as "unlimited".
 * `decidedBy.class` differs from `class` when a message's own clock is the shorter one: text and files go with their message.
 */
export type EffectiveClock = {
  class: RetentionClass;
  days: number | null;
  decidedBy: { source: RetentionSource; class: RetentionClass } | null;
  /** What each source says about this class itself. */
  limits: Record<RetentionSource, number | null>;
  /** The gateway's words about this class; empty when it has none. */
  quote: string;
};

export type EffectiveRetention = {
  clocks: Record<RetentionClass, EffectiveClock>;
  mode: { value: PurgeMode; decidedBy: RetentionSource };
  storage: { value: 'on' | 'off'; decidedBy: RetentionSource | null };
  timeZone: string;
};

/** The three who have a say. `policy` null: the gateway's profile is not known yet. */
export type RetentionSources = {
  policy: Pick<
    PolicyProfile,
    'storage' | 'messageLogDays' | 'messageContentDays' | 'mediaDays' | 'purgeModes'
  > | null;
  workspace: WorkspaceRetention;
  device: DeviceRetention;
};

/** The classes whose clocks end a class: a message that goes takes its text, its files and what was exported of it along. */
const ENDED_BY: Record<RetentionClass, readonly RetentionClass[]> = {
  log: ['log'],
  content: ['content', 'log'],
  media: ['media', 'content', 'log'],
  exports: ['exports', 'content', 'log'],
  notes: ['notes'],
  audit: ['audit'],
};

/** On a tie the one whose word weighs most is named. */
const BY_WEIGHT = ['gateway', 'workspace', 'device'] as const;

/** What holds on this device, per class and with the one who decided it. */
export function effectiveRetention(sources: RetentionSources): EffectiveRetention {
  const clock = (name: RetentionClass): EffectiveClock => {
    let strictest: Pick<EffectiveClock, 'days' | 'decidedBy'> = { days: null, decidedBy: null };
    for (const ended of ENDED_BY[name]) {
      const limits = limitsOf(sources, ended);
      for (const source of BY_WEIGHT) {
        const days = limits[source];
        if (days === null || (strictest.days !== null && strictest.days <= days)) continue;
        strictest = { days, decidedBy: { source, class: ended } };
      }
    }
    return { class: name, ...strictest, limits: limitsOf(sources, name), quote: quoteOf(sources, name) };
  };
  return {
    clocks: {
      content: clock('content'),
      log: clock('log'),
      media: clock('media'),
      notes: clock('notes'),
      exports: clock('exports'),
      audit: clock('audit'),
    },
    mode: effectiveMode(sources),
    storage: effectiveStorage(sources),
    timeZone: sources.workspace.timeZone,
  };
}

function limitsOf(sources: RetentionSources, name: RetentionClass): Record<RetentionSource, number | null> {
  const promised = promiseOf(sources, name)?.value ?? null;
  return {
    gateway: promised === null ? null : Math.floor(promised),
    workspace: sources.workspace.days[name],
    device: sources.device.days[name],
  };
}

function quoteOf(sources: RetentionSources, name: RetentionClass): string {
  return promiseOf(sources, name)?.source ?? '';
}

function promiseOf({ policy }: RetentionSources, name: RetentionClass) {
  switch (name) {
    case 'log':
      return policy?.messageLogDays;
    case 'content':
      return policy?.messageContentDays;
    case 'media':
      return policy?.mediaDays;
    case 'notes':
    case 'exports':
    case 'audit':
      // These are made here; no gateway says anything about them.
      return undefined;
  }
}

/** Deleting is stricter than anonymising: whoever asks for it gets it. */
function effectiveMode({ policy, workspace, device }: RetentionSources): EffectiveRetention['mode'] {
  if (policy !== null && !policy.purgeModes.offered.includes('anonymise'))
    return { value: 'delete', decidedBy: 'gateway' };
  if (workspace.mode === 'delete') return { value: 'delete', decidedBy: 'workspace' };
  if (device.mode === 'delete') return { value: 'delete', decidedBy: 'device' };
  return { value: 'anonymise', decidedBy: 'workspace' };
}

function effectiveStorage({ policy, workspace, device }: RetentionSources): EffectiveRetention['storage'] {
  if (policy?.storage === 'off') return { value: 'off', decidedBy: 'gateway' };
  if (workspace.storage === 'off') return { value: 'off', decidedBy: 'workspace' };
  if (device.storage === 'off') return { value: 'off', decidedBy: 'device' };
  return { value: 'on', decidedBy: null };
}

/**
 * What a change of storage asks for: `purge` deletes at once what was kept; `start_empty` keeps from now on, and brings nothing
 * back that the gateway does not send again.
 */
export function storageChange(before: 'on' | 'off', after: 'on' | 'off'): 'purge' | 'start_empty' | 'none' {
  if (before === after) return 'none';
  return after === 'off' ? 'purge' : 'start_empty';
}
