/**
 * The end of the log as it may leave this machine. The log holds no contents by its own rules; here they are not trusted: a line is taken
 * apart, and only fields known to be codes, with values that look like codes, are put together again.
 */
import { open } from 'node:fs/promises';
import path from 'node:path';

const LEVELS: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** Fields whose values are names of our own. */
const CODES = new Set([
  'state',
  'phase',
  'problem',
  'kind',
  'code',
  'type',
  'reason',
  'call',
  'step',
  'backend',
  'event',
  'issue',
  'stage',
  'stack',
  'error',
  'err',
  'cause',
]);
/** A code: no space, no `@`, nothing longer than a name of ours. */
const CODE = /^[A-Za-z][A-Za-z_.:-]{0,47}$/u;
/** A sentence of the source: small words and little else. */
const SENTENCE = /^[a-z][a-z ,;'’-]{0,119}$/u;
/** Where in the code: function and file, without the folders above, which name the user. */
const FRAME =
  /^at (?:(?<fn>[\w.<> ]{1,60}) \()?(?:.*[/\\])?(?<file>[\w.-]{1,60}):(?<line>\d{1,6}):\d{1,6}\)?$/u;

/** At most so many lines, oldest first; none without a log. */
export async function logTail(folder: string, lines: number): Promise<string[]> {
  const text = await tailOf(path.join(folder, 'parley.log'), lines * 300);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .slice(-lines)
    .map(redactedLine);
}

/** One line of the log for people; `(not readable)` for what is none. */
export function redactedLine(line: string): string {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return '(not readable)';
  }
  if (typeof raw !== 'object' || raw === null) return '(not readable)';
  const { time, level, msg, ...fields } = raw as Record<string, unknown>;
  const when =
    typeof time === 'string' && !Number.isNaN(Date.parse(time)) ? new Date(time).toISOString() : '-';
  const how = typeof level === 'number' ? (LEVELS[level] ?? 'level') : '-';
  const said = typeof msg === 'string' && SENTENCE.test(msg) ? msg : '[redacted]';
  const rest = partsOf(fields, 0);
  return [when, how, said, ...(rest.length === 0 ? [] : [rest.join(' ')])].join(' ');
}

function partsOf(fields: Record<string, unknown>, depth: number): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    // A name of a field is in the source; one that does not look so is not told either.
    if (!/^[A-Za-z]{1,24}$/u.test(name)) return [];
    if (typeof value === 'boolean' || value === null) return [`${name}=${String(value)}`];
    // Small numbers only: a long one may be the number of a phone.
    if (typeof value === 'number') return [Math.abs(value) < 1e7 ? `${name}=${value}` : `${name}=[redacted]`];
    if (!CODES.has(name)) return [`${name}=[redacted]`];
    if (typeof value === 'string') return [`${name}=${CODE.test(value) ? value : '[redacted]'}`];
    if (Array.isArray(value) && name === 'stack') return [`stack=${value.flatMap(frameOf).join(' < ')}`];
    if (typeof value === 'object' && !Array.isArray(value) && depth < 3)
      return [`${name}={${partsOf(value as Record<string, unknown>, depth + 1).join(' ')}}`];
    return [`${name}=[redacted]`];
  });
}

function frameOf(frame: unknown): string[] {
  const found = typeof frame === 'string' ? FRAME.exec(frame)?.groups : undefined;
  return found === undefined ? [] : [`${found['fn'] ?? 'at'}@${found['file']}:${found['line']}`];
}

/** The last bytes, from the beginning of a line. */
async function tailOf(file: string, bytes: number): Promise<string> {
  let handle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - bytes);
    const buffer = Buffer.alloc(size - from);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await handle.close();
  }
}
