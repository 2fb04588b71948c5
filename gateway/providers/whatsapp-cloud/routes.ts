/** `GET` and `POST /v1/webhooks/whatsapp`: Meta's handshake and Meta's payloads. */
import { Buffer } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Ingest, RawPayload } from '../provider.ts';
import { mapPayload } from './payload.ts';
import type { Routing } from './payload.ts';
import type { WebhookReport } from './scope.ts';
import { equalInConstantTime, isSigned } from './signature.ts';

export const WEBHOOK_PATH = '/v1/webhooks/whatsapp';

/** Meta's payloads are at most 3 MB (Meta, "Webhooks"). */
const BODY_LIMIT = 3 * 1024 * 1024;

export type WebhookPorts = {
  routing: Routing;
  ingest: Ingest;
  /** Called after `ingest`; `raw` is the payload that it is about. */
  report(report: WebhookReport, raw: RawPayload): void;
  now(): number;
};

const Handshake = z.object({
  'hub.mode': z.literal('subscribe'),
  'hub.verify_token': z.string(),
  'hub.challenge': z.string().max(1024),
});

/**
 * Registers both routes in a scope of their own, because the signature is over the bytes as they came: no other parser may
 * touch them. 401 says nothing about why; 400 is for signed bytes that are no JSON; everything else that is signed is kept
 * and answered with 200, since Meta would otherwise send it again for days.
 */
export function registerWebhook(
  app: FastifyInstance,
  ports: WebhookPorts,
  secrets: { appSecret: string; verifyToken: string },
): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
      done(null, body);
    });

    scope.get(WEBHOOK_PATH, async (request, reply) => {
      const query = Handshake.safeParse(request.query);
      if (!query.success || !equalInConstantTime(query.data['hub.verify_token'], secrets.verifyToken)) {
        return reply.code(403).send();
      }
      return reply.type('text/plain; charset=utf-8').send(query.data['hub.challenge']);
    });

    scope.post(WEBHOOK_PATH, { bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const header = request.headers['x-hub-signature-256'];
      if (!isSigned(body, typeof header === 'string' ? header : undefined, secrets.appSecret)) {
        return reply.code(401).send();
      }
      const text = body.toString('utf8');
      const payload = parsedJson(text);
      if (payload === undefined) return reply.code(400).send();
      const receivedAt = ports.now();
      const { facts, reports } = mapPayload(payload, ports.routing, receivedAt);
      const raw: RawPayload = { provider: 'whatsapp-cloud', body: text, receivedAt, once: true };
      ports.ingest(facts, raw);
      for (const report of reports) ports.report(report, raw);
      return reply.code(200).send();
    });
  });
}

/** Undefined when the text is no JSON; JSON itself has no undefined. Deep nesting is an error of the parser like any other. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
