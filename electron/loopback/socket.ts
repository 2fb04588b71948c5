/** The contract over a WebSocket: one JSON frame per call, answer and event. A peer that does not keep to it is cut off. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { CallFrame, type ServerFrame } from '../../shared/contract/frames.ts';
import type { Application } from '../app/application-types.ts';
import type { Log } from '../app/log.ts';

/** Bytes: the longest call is a message of 65,536 characters with escapes. */
const MAX_FRAME = 1024 * 1024;
/** Calls without an answer yet, and bytes that the page has not read yet, after which it is no page of ours. */
const MAX_PENDING = 512;
const MAX_UNREAD = 64 * 1024 * 1024;

export type ContractSocket = {
  accept(request: IncomingMessage, wire: Duplex, head: Buffer): void;
  close(): void;
};

export function createContractSocket(application: Application, log: Log): ContractSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  return {
    accept(request, wire, head) {
      server.handleUpgrade(request, wire, head, (socket) => serve(socket, application, log));
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function serve(socket: WebSocket, application: Application, log: Log): void {
  let pending = 0;

  function send(frame: ServerFrame): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD) {
      log.warn({}, 'a page does not read');
      socket.terminate();
      return;
    }
    socket.send(JSON.stringify(frame));
  }

  async function answer(data: RawData): Promise<void> {
    const frame = CallFrame.safeParse(parseJson(data));
    if (!frame.success || pending >= MAX_PENDING) {
      socket.close(1008);
      return;
    }
    pending += 1;
    const { id, name, input } = frame.data;
    const result = await application.call(name, input);
    pending -= 1;
    send({ id, result });
  }

  const stopListening = application.onEvent((event, data) => send({ event, data }));
  socket.on('message', (data, isBinary) => {
    if (isBinary) {
      socket.close(1003);
      return;
    }
    answer(data).catch((error: unknown) => {
      log.error({ error }, 'a call was not answered');
      socket.close(1011);
    });
  });
  socket.on('error', (error) => log.warn({ error }, 'the page socket broke'));
  socket.on('close', () => {
    stopListening();
    log.info({}, 'the page left');
  });
  log.info({}, 'a page connected');
}

function parseJson(data: RawData): unknown {
  try {
    // Text frames arrive as one Buffer (the default binaryType).
    return JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    return null; // Refused by the schema.
  }
}
