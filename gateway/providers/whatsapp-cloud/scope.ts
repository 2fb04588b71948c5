/** What every mapper of one change gets to know. */
import type { ProviderFact } from '../provider.ts';
import type { ContactInfo } from './webhook-schema.ts';

/** Something that made no fact, or less of one than it could: for the log and for diagnostics, never with contents. */
export type WebhookReport = {
  kind:
    | 'unrouted_number'
    | 'unrouted_account'
    | 'unknown_field'
    | 'unknown_message_type'
    | 'notice'
    | 'misfit';
  field: string;
  /** Meta's own word for what happened, or our number of misfits. */
  detail: string;
};

export type Mapped = { facts: ProviderFact[]; reports: WebhookReport[] };

export type Scope = {
  channelId: string;
  field: string;
  contacts: readonly ContactInfo[];
  /** Errors that stand beside the messages instead of in them. */
  errors: readonly unknown[];
  /** Stands in for a time that the payload does not have. */
  receivedAt: number;
};

export const nothing: Mapped = { facts: [], reports: [] };

export function facts(...list: ProviderFact[]): Mapped {
  return { facts: list, reports: [] };
}

export function reported(scope: Pick<Scope, 'field'>, kind: WebhookReport['kind'], detail: string): Mapped {
  // Only a word: a hostile payload may hold anything in the place of one.
  return {
    facts: [],
    reports: [{ kind, field: scope.field, detail: detail.replace(/[^\w .:-]/gu, '?').slice(0, 80) }],
  };
}

export function merged(list: readonly Mapped[]): Mapped {
  return { facts: list.flatMap((mapped) => mapped.facts), reports: list.flatMap((mapped) => mapped.reports) };
}
