/** A provider that takes every message and remembers what each customer got, in order. Like WhatsApp it has no idempotency key. */
import type { ProviderFactory } from '../../gateway/server/provider-host.ts';

export type SentMessage = { to: string; messageId: string; text: string; providerId: string };

export type RecordingProvider = {
  factory: ProviderFactory;
  sent: SentMessage[];
  /** Files of customers, by the provider's media id. */
  files: Map<string, { bytes: Uint8Array; mimeType: string }>;
  /** What one customer got. */
  to(externalId: string): string[];
};

export function createRecordingProvider(name = 'loopback'): RecordingProvider {
  const sent: SentMessage[] = [];
  const files: RecordingProvider['files'] = new Map();
  return {
    sent,
    files,
    to: (externalId) => sent.filter((message) => message.to === externalId).map(({ text }) => text),
    factory: (context) => ({
      provider: {
        name,
        async send({ to, message }) {
          const providerId = `recorded.${sent.length + 1}`;
          const text = message.content.kind === 'text' ? message.content.body : message.content.kind;
          sent.push({ to: to.externalId, messageId: message.id, text, providerId });
          return { ok: true, providerId, status: 'sent', at: context.now() };
        },
        react: async ({ providerId }) => ({ ok: true, providerId, status: 'sent', at: context.now() }),
        markRead: () => Promise.resolve(),
        media: async ({ mediaId }) => files.get(mediaId) ?? null,
        close: () => Promise.resolve(),
      },
    }),
  };
}
