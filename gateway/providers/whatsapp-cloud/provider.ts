/** The WhatsApp Cloud API as a provider: webhooks in, Graph API out. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DeliveryError } from '../../../shared/domain/message-status.ts';
import type { MessageContent } from '../../../shared/domain/message-content.ts';
import { mediaOf } from '../../../shared/domain/message-content.ts';
import type { Ingest, Provider, RawPayload, SendResult } from '../provider.ts';
import { createGraphClient, DEFAULT_GRAPH } from './graph-client.ts';
import type { GraphSettings } from './graph-client.ts';
import { downloadFile, uploadFile } from './graph-media.ts';
import type { OutgoingFile } from './graph-media.ts';
import { messageBody, reactionBody, readBody } from './graph-message.ts';
import type { Routing } from './payload.ts';
import { DEFAULT_RETRY } from './retry.ts';
import type { RetryPolicy } from './retry.ts';
import { registerWebhook } from './routes.ts';
import type { WebhookReport } from './scope.ts';

export type WhatsAppCloudPorts = {
  routing: Routing & {
    /** The phone_number_id of a channel of ours, for sending. */
    numberOfChannel(channelId: string): string | null;
  };
  ingest: Ingest;
  /** What made no fact. `raw` is null for what did not come by webhook. Keep an `unrouted_number` under its `detail`. */
  report(report: WebhookReport, raw: RawPayload | null): void;
  /** A file of the gateway by our media id, for uploading it to Meta. */
  file(mediaId: string): Promise<OutgoingFile | null>;
  accessToken(channelId: string): string;
};

export type WhatsAppCloudSettings = {
  /** With the version, without a slash at the end: https://graph.facebook.com/v24.0 */
  graphBaseUrl: string;
  appSecret: string;
  verifyToken: string;
  retry?: Partial<RetryPolicy>;
  graph?: Partial<Omit<GraphSettings, 'retry'>>;
};

export type WhatsAppCloud = Provider & { registerRoutes(app: FastifyInstance): void };

const Sent = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });

export function createWhatsAppCloud(
  ports: WhatsAppCloudPorts,
  settings: WhatsAppCloudSettings,
): WhatsAppCloud {
  const graph: GraphSettings = {
    ...DEFAULT_GRAPH,
    ...settings.graph,
    retry: { ...DEFAULT_RETRY, ...settings.retry },
  };
  const client = createGraphClient(graph);
  const base = settings.graphBaseUrl.replace(/\/+$/u, '');

  async function post(
    channelId: string,
    phoneNumberId: string,
    body: Record<string, unknown>,
  ): Promise<SendResult> {
    const answer = await client.call({
      method: 'POST',
      url: `${base}/${phoneNumberId}/messages`,
      token: ports.accessToken(channelId),
      body: JSON.stringify(body),
    });
    if (!answer.ok) return answer;
    const parsed = Sent.safeParse(answer.body);
    const [first] = parsed.success ? parsed.data.messages : [];
    // It was taken but cannot be followed: sending it again would double it.
    if (first === undefined) return refused('unavailable', 'The provider answered without an id');
    return { ok: true, providerId: first.id, status: 'sent', at: graph.now() };
  }

  /** Meta's id of the file of a message; null when it has none. */
  async function uploaded(
    content: MessageContent,
    channelId: string,
    phoneNumberId: string,
  ): Promise<{ ok: true; id: string | null } | Extract<SendResult, { ok: false }>> {
    const media = mediaOf(content);
    if (media === null) return { ok: true, id: null };
    const file = await ports.file(media.id);
    if (file === null) return refused('media_rejected', 'The gateway does not have this file');
    const named = { ...file, fileName: media.fileName ?? file.fileName };
    return uploadFile(client, base, phoneNumberId, ports.accessToken(channelId), named);
  }

  return {
    name: 'whatsapp-cloud',

    async send({ channel, to, message, quotedProviderId, idempotencyKey }) {
      const phoneNumberId = ports.routing.numberOfChannel(channel.id);
      if (phoneNumberId === null)
        return refused('authorisation', 'The channel has no number at the provider');
      const media = await uploaded(message.content, channel.id, phoneNumberId);
      if (!media.ok) return media;
      const body = messageBody(message.content, { to, quotedProviderId, idempotencyKey }, media.id);
      if (body === null) return refused('unknown', `Messages of kind ${message.content.kind} cannot be sent`);
      return post(channel.id, phoneNumberId, body);
    },

    async react({ channel, to, providerId, emoji }) {
      const phoneNumberId = ports.routing.numberOfChannel(channel.id);
      if (phoneNumberId === null)
        return refused('authorisation', 'The channel has no number at the provider');
      return post(channel.id, phoneNumberId, reactionBody(to, providerId, emoji));
    },

    async markRead({ channel, providerId }) {
      const phoneNumberId = ports.routing.numberOfChannel(channel.id);
      if (phoneNumberId === null) return;
      // A lost read receipt harms nobody, so its refusal is only reported.
      const answer = await client.call({
        method: 'POST',
        url: `${base}/${phoneNumberId}/messages`,
        token: ports.accessToken(channel.id),
        body: JSON.stringify(readBody(providerId)),
      });
      if (!answer.ok)
        ports.report({ kind: 'notice', field: 'read', detail: `refused: ${answer.error.kind}` }, null);
    },

    media({ channel, mediaId }) {
      return downloadFile(client, base, mediaId, ports.accessToken(channel.id));
    },

    registerRoutes(app) {
      const { routing, ingest, report } = ports;
      registerWebhook(app, { routing, ingest, report, now: graph.now }, settings);
    },

    async close() {
      client.close();
    },
  };
}

function refused(kind: DeliveryError['kind'], title: string): Extract<SendResult, { ok: false }> {
  return { ok: false, error: { kind, code: null, title, details: null }, retryAfterMs: null };
}
