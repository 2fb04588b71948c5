import { useCallback } from 'react';
import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import type { ConsentPurpose } from '../../../../shared/domain/consent.ts';
import type { MessageContent } from '../../../../shared/domain/message-content.ts';
import { usePerson } from '../../../lib/queries/contacts.ts';
import { useDirectory } from '../../../lib/queries/hooks.ts';
import { useNow } from '../../../lib/useNow.ts';
import { isAnswering, lackingConsent, purposeOf } from './firstWords.ts';

/**
 * The purpose for which consent has to be asked before a message (null: a text) goes out; null when none has to. The ledger is read only where the
 * company writes first; until it is there the outbox asks.
 */
export function useLackingConsent(
  detail: ConversationDetail,
): (content: MessageContent | null) => ConsentPurpose | null {
  const answering = isAnswering(detail, useNow(30_000));
  const consents = usePerson(answering ? null : detail.contact.id).data?.consents;
  const templates = useDirectory()?.templates;
  return useCallback(
    (content) => {
      if (consents === undefined) return null;
      const purpose = content === null ? 'service' : purposeOf(content, templates ?? []);
      return lackingConsent(detail, purpose, consents, Date.now());
    },
    [detail, consents, templates],
  );
}
