/** Requests over the socket whose answers are checked: `{ok, value}` with the value's schema, or a refusal. */
import { z } from 'zod';
import type { GatewayError } from '../../shared/protocol/errors.ts';
import { answerOf } from '../../shared/protocol/sync.ts';
import type { RequestName, SyncSocket } from './ports.ts';

/** The gateway understood and will not. */
export class RequestRefused extends Error {
  readonly error: GatewayError;

  constructor(name: RequestName, error: GatewayError) {
    super(`${name} was refused: ${error.kind}`);
    this.name = 'RequestRefused';
    this.error = error;
  }
}

/** The answer does not fit the protocol. Says where, never what. */
export class AnswerInvalid extends Error {
  constructor(name: string, issue: string) {
    super(`the answer to ${name} does not fit: ${issue}`);
    this.name = 'AnswerInvalid';
  }
}

/** Milliseconds. A page of a large history takes a gateway a while; a dead connection shows earlier, by its heartbeat. */
export const REQUEST_TIMEOUT = 30_000;
/** Milliseconds. A subscription is only noted by the gateway: its answer is there at once or was lost. */
const SUBSCRIBE_TIMEOUT = 10_000;

const Frame = answerOf(z.unknown());

/** Rejects with RequestFailure, RequestRefused or AnswerInvalid. */
export async function ask<T>(
  socket: SyncSocket,
  name: Exclude<RequestName, 'command'>,
  payload: unknown,
  schema: z.ZodType<T>,
): Promise<T> {
  const timeoutMs = name === 'subscribe' ? SUBSCRIBE_TIMEOUT : REQUEST_TIMEOUT;
  const frame = Frame.safeParse(await socket.request(name, payload, timeoutMs));
  if (!frame.success) throw new AnswerInvalid(name, issueOf(frame.error));
  if (!frame.data.ok) throw new RequestRefused(name, frame.data.error);
  const value = schema.safeParse(frame.data.value);
  if (!value.success) throw new AnswerInvalid(name, issueOf(value.error));
  return value.data;
}

/** Path and code of the first issue, never the value, which may be somebody's words. */
export function issueOf(error: z.ZodError): string {
  const first = error.issues[0];
  return first === undefined ? 'invalid' : `${first.path.join('.')}: ${first.code}`;
}
