/** How calls and events travel: over `ipcRenderer.invoke` in Electron, as JSON frames over a WebSocket under loopback. */
import { z } from 'zod';
import { CallError } from './errors.ts';

/** The one IPC channel for calls, and the one for events. */
export const CALL_CHANNEL = 'parley:call';
export const EVENT_CHANNEL = 'parley:event';
/** Path of the WebSocket under loopback, relative to the page. */
export const SOCKET_PATH = '/contract';
/** Where the one-time token of the address's fragment (`#token=…`) is exchanged for a cookie: POST {token}. */
export const TOKEN_PATH = '/session';
/**
 * Where the page puts a file that is to be sent: POST of the bytes with `Content-Type` and `X-File-Name` (percent-encoded). It is kept
 * encrypted on this machine and uploaded with its message; the answer is 201 with its MediaRef.
 */
export const UPLOAD_PATH = '/upload';

export const CallFrame = z.object({ id: z.number().int(), name: z.string(), input: z.unknown() });
export type CallFrame = z.infer<typeof CallFrame>;

export const CallResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: CallError }),
]);
export type CallResult = z.infer<typeof CallResult>;

/** What the page receives over the WebSocket: an answer, or an event. */
export const ServerFrame = z.union([
  z.object({ id: z.number().int(), result: CallResult }),
  z.object({ event: z.string(), data: z.unknown() }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;

/** What the preload puts on `window.parley`: three functions and nothing else. */
export type PreloadApi = {
  call(name: string, input: unknown): Promise<CallResult>;
  /** Returns a function that stops listening. */
  listen(listener: (event: string, data: unknown) => void): () => void;
  pathOfDroppedFile(file: unknown): string;
};
