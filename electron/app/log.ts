/**
 * The log of the application: `logs/parley.log` in the user-data folder, one JSON object per line. What people write, who they
 * are and what opens doors never gets there: fields are named in a list of things to blank, and errors lose their message.
 */
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import pino, { type Logger } from 'pino';

/** The fields first, then a sentence that never changes: `log.info({ state: 'online' }, 'connection')`. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

const MAX_BYTES = 5 * 1024 * 1024;
const KEPT = 3;

/** Names of fields that are blanked wherever they stand, up to three levels deep. */
export const REDACTED = [
  'password',
  'passphrase',
  'totp',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'key',
  'secret',
  'text',
  'body',
  'caption',
  'content',
  'snippet',
  'draft',
  'name',
  'contactName',
  'fileName',
  'email',
  'phone',
  'address',
  'query',
  'input',
  'data',
];

function redactedPaths(): string[] {
  return ['', '*.', '*.*.'].flatMap((prefix) => REDACTED.map((name) => `${prefix}${name}`));
}

/** What may be told about an error: its class, its kind and code, and where it happened. Its message may quote a customer. */
export function withoutContents(error: unknown): Record<string, unknown> {
  // The name of a class, as electron/sync gives it.
  if (typeof error === 'string' && /^\w{1,60}$/.test(error)) return { type: error };
  if (!(error instanceof Error)) return { type: typeof error };
  const { kind, code } = error as { kind?: unknown; code?: unknown };
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(typeof kind === 'string' ? { kind } : {}),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: at.slice(0, 12).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: withoutContents(error.cause) }),
  };
}

const options: pino.LoggerOptions = {
  level: process.env.PARLEY_LOG_LEVEL ?? 'info',
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: redactedPaths(), censor: '[redacted]' },
  // Whoever logs an error gives it as it is; here it loses its words.
  serializers: { err: withoutContents, error: withoutContents },
};

/**
 * `close` flushes. Files: parley.log, and up to three older ones, 5 MiB each; turned over at the start. Where nothing can be
 * written, the application runs without a log: the cache then tells the user about the folder.
 */
export function openLog(folder: string): { log: Log; close(): void } {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, 'parley.log');
    if (existsSync(file) && statSync(file).size > MAX_BYTES) turnOver(file);
    const destination = pino.destination({ dest: file, sync: true, mode: 0o600 });
    return { log: pino(options, destination), close: () => destination.end() };
  } catch {
    return { log: logTo({ write: () => undefined }), close: () => undefined };
  }
}

/** Writes to a given stream with the same rules, for tests. */
export function logTo(stream: pino.DestinationStream): Log {
  return pino({ ...options, level: 'debug' }, stream);
}

function turnOver(file: string): void {
  for (let age = KEPT - 1; age >= 1; age -= 1) {
    if (existsSync(`${file}.${age}`)) renameSync(`${file}.${age}`, `${file}.${age + 1}`);
  }
  renameSync(file, `${file}.1`);
}

/** The same log as the one function that electron/sync writes to. */
export function eventLog(
  log: Log,
): (
  level: 'debug' | 'info' | 'warn' | 'error',
  event: string,
  fields?: Record<string, string | number | boolean | null>,
) => void {
  return (level, event, fields) => log[level](fields ?? {}, event);
}
