/** A whole webhook payload into facts. Never throws: what cannot be understood is reported, and the payload is kept anyway. */
import type { ProviderFact } from '../provider.ts';
import { accountFacts, preferenceFacts, qualityFacts } from './account.ts';
import { callFacts } from './calls.ts';
import { messageFacts } from './messages.ts';
import type { Mapped, Scope, WebhookReport } from './scope.ts';
import { merged, nothing, reported } from './scope.ts';
import { statusFacts } from './statuses.ts';
import { isTemplateField, templateFacts } from './templates.ts';
import { Change, ContactInfo, Entry, Envelope, fitting, Metadata } from './webhook-schema.ts';
import type { Value } from './webhook-schema.ts';
import { userIdFacts } from './user-ids.ts';

/** Where a payload belongs; all ids on the right are ours. */
export type Routing = {
  channelOfNumber(phoneNumberId: string): string | null;
  /** Templates and account updates name a WhatsApp Business Account instead of a number. */
  channelsOfAccount(accountId: string): readonly string[];
};

export type MappedPayload = { facts: ProviderFact[]; reports: WebhookReport[] };

/** `receivedAt` (epoch milliseconds) stands in for a missing time. */
export function mapPayload(payload: unknown, routing: Routing, receivedAt: number): MappedPayload {
  const envelope = Envelope.safeParse(payload);
  if (!envelope.success) return reported({ field: '' }, 'misfit', 'no entries');
  return merged(
    envelope.data.entry.map((raw) => {
      const entry = Entry.safeParse(raw);
      if (!entry.success) return reported({ field: '' }, 'misfit', 'entry');
      return merged(
        entry.data.changes.map((change) => changeFacts(change, entry.data.id, routing, receivedAt)),
      );
    }),
  );
}

function changeFacts(raw: unknown, accountId: string, routing: Routing, receivedAt: number): Mapped {
  const parsed = Change.safeParse(raw);
  if (!parsed.success) return reported({ field: '' }, 'misfit', 'change');
  const { field, value } = parsed.data;
  const metadata = Metadata.safeParse(value['metadata']);
  if (!metadata.success) {
    const channels = routing.channelsOfAccount(accountId);
    if (channels.length === 0) return reported({ field }, 'unrouted_account', accountId);
    return merged(
      channels.map((channelId) =>
        accountChange({ channelId, field, contacts: [], errors: [], receivedAt }, value),
      ),
    );
  }
  const channelId = routing.channelOfNumber(metadata.data.phone_number_id);
  if (channelId === null) return reported({ field }, 'unrouted_number', metadata.data.phone_number_id);
  const scope: Scope = {
    channelId,
    field,
    contacts: fitting(ContactInfo, value['contacts']).items,
    errors: listOf(value['errors']),
    receivedAt,
  };
  return numberChange(scope, value);
}

function accountChange(scope: Scope, value: Value): Mapped {
  if (scope.field === 'account_update') return accountFacts(scope, value);
  if (scope.field === 'phone_number_quality_update') return qualityFacts(scope, value);
  if (isTemplateField(scope.field)) return templateFacts(scope, value);
  return reported(scope, 'unknown_field', scope.field);
}

function numberChange(scope: Scope, value: Value): Mapped {
  const parts = [
    ...listOf(value['messages']).map((item) => messageFacts(scope, 'in', item)),
    ...listOf(value['message_echoes']).map((item) => messageFacts(scope, 'out', item)),
    ...listOf(value['statuses']).map((item) => statusFacts(scope, item)),
    ...listOf(value['calls']).map((item) => callFacts(scope, item)),
    ...listOf(value['user_preferences']).map((item) => preferenceFacts(scope, item)),
    ...listOf(value['user_id_update']).map((item) => userIdFacts(scope, item)),
  ];
  if (parts.length > 0) return merged(parts);
  if (scope.errors.length > 0) return reported(scope, 'notice', 'errors without a message');
  // A number's own change of another kind (history of a coexisting app, group settings, ...).
  return scope.field === 'messages' ? nothing : accountChange(scope, value);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
