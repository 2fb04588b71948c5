import type { ConversationDetail } from '../../../../shared/contract/rows.ts';
import type { ConsentEntry, ConsentPurpose } from '../../../../shared/domain/consent.ts';
import { consentNow } from '../../../../shared/domain/consent.ts';
import { windowOf } from '../../../../shared/domain/conversation.ts';
import type { MessageContent } from '../../../../shared/domain/message-content.ts';
import type { Template } from '../../../../shared/domain/workspace.ts';

/** Whether what is written now answers the customer; else it is the company's own initiative, which needs consent. */
export function isAnswering({ conversation, channel }: ConversationDetail, now: number): boolean {
  const window = windowOf(conversation, channel.capabilities);
  return window === null ? conversation.lastInboundAt !== null : window.endsAt > now;
}

/** What a message is for, as consent counts it. */
export function purposeOf(content: MessageContent, templates: ReadonlyArray<Template>): ConsentPurpose {
  if (content.kind !== 'template') return 'service';
  const template = templates.find(
    ({ id, name, language }) =>
      id === content.templateId || (name === content.name && language === content.language),
  );
  return template?.category === 'marketing' ? 'marketing' : 'service';
}

/** The purpose for which consent lacks before this can go out, or null. As in shared/domain/send-check.ts, asked before it is sent. */
export function lackingConsent(
  detail: ConversationDetail,
  purpose: ConsentPurpose,
  consents: ReadonlyArray<ConsentEntry>,
  now: number,
): ConsentPurpose | null {
  if (isAnswering(detail, now)) return null;
  return consentNow(consents, purpose, detail.channel.kind) === 'given' ? null : purpose;
}
