/** The HTTP side: limits, error answers, health, notices. Nothing that somebody wrote is logged: no bodies, no query strings. */
import type { Buffer } from 'node:buffer';
import Fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { seesEverything } from '../store/visibility.ts';
import { bearer } from './bearer.ts';
import type { ServerContext } from './context.ts';
import { AuthRefusal, Refusal, statusOf } from './errors.ts';
import { GATEWAY_VERSION } from './version.ts';

/** Largest JSON body. Files have their own route and limit. */
const BODY_LIMIT = 256 * 1024;
const MAX_DEPTH = 64;

export function createHttp(context: ServerContext): FastifyInstance {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    logger: false,
    routerOptions: { maxParamLength: 256 },
    requestTimeout: 120_000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // An address that the router itself refuses (too long, badly encoded) is answered without quoting it.
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      void reply.code(404).send({ kind: 'not_found', message: 'no such address' });
    },
  });

  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    const parsed = parseJson(body);
    if (parsed.ok) done(null, parsed.value);
    else done(new Refusal('invalid', 'the body is no JSON of ours'));
  });

  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof AuthRefusal) {
      if (error.retryAfterMs !== null)
        void reply.header('retry-after', Math.ceil(error.retryAfterMs / 1_000));
      return reply.code(error.status).send({
        kind: error.kind,
        message: error.kind,
        ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
      });
    }
    const refusal = error instanceof Refusal ? error : ofFastify(error);
    if (refusal === null) {
      // Neither message nor stack of a foreign error: either may quote what it choked on.
      context.logger.error(
        { route: request.routeOptions.url, code: error.code, error: error.name },
        'request failed',
      );
      return reply.code(500).send({ kind: 'internal', message: 'the gateway failed' });
    }
    const { kind, message, afterMs } = refusal.refusal;
    return reply
      .code(statusOf(kind))
      .send({ kind, message, ...(afterMs === null ? {} : { retryAfterMs: afterMs }) });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ kind: 'not_found', message: 'no such address' }),
  );

  app.addHook('onResponse', async (request, reply) => {
    const fields = {
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    context.logger.debug(fields, 'request');
  });

  app.get('/v1/health', async () => ({ ok: true, protocol: PROTOCOL_VERSION, version: GATEWAY_VERSION }));

  app.get('/v1/notices', async (request) => {
    const { viewer } = bearer(context, request);
    if (!seesEverything(viewer)) throw new Refusal('forbidden');
    return context.store.raw.notices();
  });

  return app;
}

/** What Fastify itself refuses, in our words. Null when it is a failure of ours. */
function ofFastify(error: FastifyError): Refusal | null {
  if (error.statusCode === 413) return new Refusal('too_large');
  if (error.statusCode === 415) return new Refusal('invalid', 'content type');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new Refusal('invalid');
  }
  return null;
}

/** JSON as an object without a `__proto__` of its own and not nested beyond reason. An empty body is `undefined`. */
function parseJson(body: Buffer | string): { ok: true; value: unknown } | { ok: false } {
  const text = body.toString('utf8');
  if (text === '') return { ok: true, value: undefined };
  try {
    const value: unknown = JSON.parse(text, (key, item: unknown) => {
      if (key === '__proto__') throw new SyntaxError('refused key');
      return item;
    });
    return isShallow(value, MAX_DEPTH) ? { ok: true, value } : { ok: false };
  } catch {
    return { ok: false };
  }
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.values(value).every((item) => isShallow(item, depth - 1));
}
