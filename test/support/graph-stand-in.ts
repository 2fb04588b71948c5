/**
 * A local stand-in for Meta's Graph API. It records every request byte for byte and answers what the test has queued for
 * that route, or a success with a new wamid.
 */
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SeenRequest = {
  method: string;
  /** Path with the query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  at: number;
};

/** `drop`: the connection is cut after the request was read, without an answer. */
export type Scripted =
  | { status: number; headers?: Record<string, string>; body: unknown }
  | { status: number; headers?: Record<string, string>; bytes: Uint8Array }
  | { drop: true };

export type GraphStandIn = {
  /** With the version, as `graphBaseUrl` wants it. */
  baseUrl: string;
  origin: string;
  requests: SeenRequest[];
  /** Queues answers for the next requests whose path starts with `prefix` (without the version). */
  answer(prefix: string, ...answers: Scripted[]): void;
  close(): Promise<void>;
};

const VERSION = '/v24.0';

export async function startGraphStandIn(): Promise<GraphStandIn> {
  const requests: SeenRequest[] = [];
  const scripts: { prefix: string; answer: Scripted }[] = [];
  let count = 0;

  function next(path: string): Scripted {
    const index = scripts.findIndex(
      ({ prefix }) => path.startsWith(VERSION + prefix) || path.startsWith(prefix),
    );
    const script = index < 0 ? undefined : scripts.splice(index, 1)[0];
    if (script !== undefined) return script.answer;
    count += 1;
    if (path.endsWith('/media')) return { status: 200, body: { id: `media-${count}` } };
    return {
      status: 200,
      body: { messaging_product: 'whatsapp', messages: [{ id: `wamid.stand-in-${count}` }] },
    };
  }

  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const path = request.url ?? '';
      requests.push({ method: request.method ?? '', path, headers: request.headers, body, at: Date.now() });
      const answer = next(path);
      if ('drop' in answer) {
        request.socket.destroy();
        return;
      }
      const bytes = 'bytes' in answer ? answer.bytes : JSON.stringify(answer.body);
      const type = 'bytes' in answer ? 'application/octet-stream' : 'application/json';
      response.writeHead(answer.status, { 'content-type': type, ...answer.headers });
      response.end(bytes);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    baseUrl: origin + VERSION,
    origin,
    requests,
    answer(prefix, ...answers) {
      scripts.push(...answers.map((answer) => ({ prefix, answer })));
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
