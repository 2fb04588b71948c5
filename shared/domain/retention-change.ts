/** Who may change which rule of retention, and what a change would do. */
import type { RetentionClass, RetentionSource, RetentionSources } from './retention.ts';
import { effectiveRetention, RETENTION_CLASSES } from './retention.ts';
import type { PolicyProfile } from './policy.ts';
import type { DeviceRetention, WorkspaceRetention } from './retention.ts';
import type { Role } from './workspace.ts';

/** Everybody sees the workspace's rule and its legal holds; only owners change them. */
export function mayEditRetention(role: Role): boolean {
  return role === 'owner';
}

/** A number that was asked for, and the shorter one that holds instead. */
export type Overruled = {
  class: RetentionClass;
  asked: number;
  limit: number;
  by: { source: RetentionSource; class: RetentionClass };
};

/** `noEffect`: what was asked is allowed, but a stricter clock makes it idle; the page says so beside the number. */
export type WorkspaceRuleVerdict =
  | { ok: true; noEffect: Overruled[] }
  | { ok: false; problem: 'not_owner' | 'mode_not_offered' };

export function checkWorkspaceRule(
  role: Role,
  next: WorkspaceRetention,
  policy: PolicyProfile | null,
): WorkspaceRuleVerdict {
  if (!mayEditRetention(role)) return { ok: false, problem: 'not_owner' };
  if (next.mode === 'anonymise' && policy?.purgeModes.offered.includes('anonymise') === false)
    return { ok: false, problem: 'mode_not_offered' };
  return { ok: true, noEffect: overruled({ policy, workspace: next, device: NO_DEVICE_RULE }, next.days) };
}

/** `looser`: the classes for which the device asked more days than it may keep. */
export type DeviceRuleVerdict = { ok: true } | { ok: false; problem: 'looser'; looser: Overruled[] };

/** A device may only be stricter than what the gateway and the workspace say together. */
export function checkDeviceRule(
  next: DeviceRetention,
  policy: RetentionSources['policy'],
  workspace: WorkspaceRetention,
): DeviceRuleVerdict {
  const looser = overruled({ policy, workspace, device: NO_DEVICE_RULE }, next.days);
  return looser.length === 0 ? { ok: true } : { ok: false, problem: 'looser', looser };
}

const NO_DEVICE_RULE: DeviceRetention = {
  days: { content: null, log: null, media: null, notes: null, exports: null, audit: null },
  mode: null,
  storage: null,
};

function overruled(sources: RetentionSources, asked: WorkspaceRetention['days']): Overruled[] {
  const { clocks } = effectiveRetention(sources);
  return RETENTION_CLASSES.flatMap((name) => {
    const days = asked[name];
    const { days: limit, decidedBy } = clocks[name];
    if (days === null || limit === null || decidedBy === null || days <= limit) return [];
    return [{ class: name, asked: days, limit, by: decidedBy }];
  });
}
