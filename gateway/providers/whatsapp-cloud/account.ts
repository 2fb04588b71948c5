/** Account-level payloads: the health of a number, approved templates, and what a customer allows. */
import { z } from 'zod';
import type { ChannelHealth } from '../../../shared/domain/channel.ts';
import { personOf } from './parties.ts';
import type { Mapped, Scope } from './scope.ts';
import { facts, reported } from './scope.ts';
import { PreferenceFrame, timeOf } from './webhook-schema.ts';
import type { Value } from './webhook-schema.ts';

const AccountUpdate = z.object({
  event: z.string(),
  ban_info: z
    .object({ waba_ban_state: z.string().catch('') })
    .nullish()
    .catch(null),
  restriction_info: z
    .array(z.object({ restriction_type: z.string() }))
    .nullish()
    .catch(null),
  violation_info: z.object({ violation_type: z.string() }).nullish().catch(null),
  disconnection_info: z
    .object({ reason: z.string().catch('') })
    .nullish()
    .catch(null),
});

/** `account_update`: those events that say something about whether the number works; the others are kept as a notice. */
export function accountFacts(scope: Scope, value: Value): Mapped {
  const parsed = AccountUpdate.safeParse(value);
  if (!parsed.success) return reported(scope, 'misfit', 'account update without event');
  const health = healthOf(parsed.data);
  if (health === null) return reported(scope, 'notice', parsed.data.event);
  return facts({ type: 'health', channelId: scope.channelId, health: { ...health, source: 'Meta' } });
}

function healthOf(update: z.infer<typeof AccountUpdate>): Partial<ChannelHealth> | null {
  switch (update.event) {
    case 'ACCOUNT_DELETED':
    case 'ACCOUNT_OFFBOARDED':
      return { state: 'disconnected', detail: update.event };
    case 'ACCOUNT_RECONNECTED':
      return { state: 'connected', detail: null };
    case 'ACCOUNT_RESTRICTION': {
      const types = (update.restriction_info ?? []).map((entry) => entry.restriction_type);
      return { state: 'restricted', detail: types.join(', ') || update.event };
    }
    case 'ACCOUNT_VIOLATION':
      // A warning: the number goes on working until a restriction follows.
      return { detail: `ACCOUNT_VIOLATION ${update.violation_info?.violation_type ?? ''}`.trim() };
    case 'DISABLED_UPDATE':
      return bannedHealth(update.ban_info?.waba_ban_state ?? '');
    case 'PARTNER_REMOVED':
      // Without a disconnection it only says that some partner lost access.
      return update.disconnection_info == null
        ? null
        : { state: 'disconnected', detail: update.disconnection_info.reason || update.event };
    default:
      return null;
  }
}

function bannedHealth(state: string): Partial<ChannelHealth> | null {
  if (state === 'DISABLE') return { state: 'suspended', detail: state };
  if (state === 'SCHEDULE_FOR_DISABLE') return { state: 'restricted', detail: state };
  return state === 'REINSTATE' ? { state: 'connected', detail: null } : null;
}

const QualityUpdate = z.object({
  event: z.string().catch(''),
  current_limit: z.string().nullish().catch(null),
  max_daily_conversations_per_business: z
    .union([z.string(), z.number().transform(String)])
    .nullish()
    .catch(null),
});

/** `phone_number_quality_update`: the messaging limit, and a flag for low quality. */
export function qualityFacts(scope: Scope, value: Value): Mapped {
  const parsed = QualityUpdate.safeParse(value);
  if (!parsed.success) return reported(scope, 'misfit', 'quality update');
  const limit = parsed.data.current_limit ?? parsed.data.max_daily_conversations_per_business ?? null;
  const quality = ({ FLAGGED: 'red', UNFLAGGED: 'green' } as const)[parsed.data.event];
  const health: Partial<ChannelHealth> = {
    source: 'Meta',
    ...(limit !== null && { messagingLimit: limit }),
    ...(quality !== undefined && { quality }),
  };
  return facts({ type: 'health', channelId: scope.channelId, health });
}

const CONSENT: Record<string, 'opted_in' | 'opted_out'> = {
  stop: 'opted_out',
  resume: 'opted_in',
  signup: 'opted_in',
};

/** `user_preferences[]`: a person stopped, resumed or signed up for marketing. */
export function preferenceFacts(scope: Scope, raw: unknown): Mapped {
  const parsed = PreferenceFrame.safeParse(raw);
  if (!parsed.success) return reported(scope, 'misfit', 'user preference');
  const { wa_id: waId, user_id: userId, value, detail, category } = parsed.data;
  const state = category == null || category === 'marketing_messages' ? CONSENT[value] : undefined;
  if (state === undefined) return reported(scope, 'notice', `preference ${category ?? ''} ${value}`);
  const person = personOf({ waId, userId }, scope.contacts);
  if (person === null) return reported(scope, 'misfit', 'preference of nobody');
  return facts({
    type: 'consent',
    channelId: scope.channelId,
    party: person.party,
    consent: {
      state,
      at: timeOf(parsed.data.timestamp, scope.receivedAt),
      source: detail == null ? 'WhatsApp user preferences' : `WhatsApp: ${detail}`,
    },
  });
}
