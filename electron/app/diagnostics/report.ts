/** The report and the support bundle: made of numbers, kinds and times. */
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { DiagnosticsReport } from '../../../shared/contract/diagnostics.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts';
import type { Context } from '../context.ts';
import { logTail } from './log-tail.ts';

const ON_PAGE = 200;
const IN_BUNDLE = 5_000;

export async function reportOf(context: Context, lines: number = ON_PAGE): Promise<DiagnosticsReport> {
  const { read } = context.cache();
  const [sync, kinds, log] = await Promise.all([
    read.syncState(),
    read.diagnosticKinds(),
    logTail(path.join(context.userDataDir, 'logs'), lines),
  ]);
  return {
    at: context.now(),
    versions: versionsOf(context.version),
    connection: context.connection().state,
    sync: {
      stage: sync.stage,
      cursor: sync.cursor,
      conversations: sync.conversations,
      messages: sync.messages,
    },
    ...kinds,
    slow: context.slow.list(),
    log,
  };
}

export async function offerSupportBundle(context: Context): Promise<{ ticket: string; fileName: string }> {
  const now = context.now();
  const numbers = { ...(await context.cache().read.diagnostics()), keyMode: context.keyMode() };
  const { log, ...report } = await reportOf(context, IN_BUNDLE);
  context.auditSoon({
    action: 'diagnostics.bundle',
    subjects: [],
    counts: { lines: log.length },
    reason: null,
  });
  const fileName = `parley-support-${new Date(now).toISOString().slice(0, 10)}.zip`;
  const files = {
    'README.txt': README,
    'report.json': jsonOf({ ...report, numbers }),
    'settings.json': jsonOf(plainSettings(context.settings.get())),
    'log.txt': `${log.join('\n')}\n`,
  };
  const bytes = () => zipOf(files, now);
  const ticket = context.tickets.issue({ fileName, mimeType: 'application/zip', bytes }, now);
  return { ticket, fileName };
}

const README = [
  'What support needs to see when something is wrong with Parley.',
  'report.json: versions, state of the synchronisation, what waits, what was set aside by kind, slow statements.',
  'settings.json: what is set; words and paths are replaced by "set".',
  'log.txt: the end of the log, with everything that is not known to be a code left out.',
  'Nothing here was written by a customer or an agent: no message, no note, no name, no number, no file name.',
  '',
].join('\n');

/** Values that are no words; everything else is only said to be set. */
export function plainSettings(settings: Settings): unknown {
  return plain(settings);
}

function plain(value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Math.abs(value) < 1e7 ? value : 'set';
  if (typeof value === 'string') return WORDS_OF_OURS.has(value) || CLOCK.test(value) ? value : 'set';
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return 'set';
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

const CLOCK = /^\d\d:\d\d$/u;
/** Choices of the settings. */
const WORDS_OF_OURS = new Set([
  'system',
  'light',
  'dark',
  'comfortable',
  'compact',
  'en',
  'de',
  'es',
  'pt-BR',
  'ar',
  'delete',
  'anonymise',
]);

function versionsOf(version: string): Record<string, string> {
  const { node, electron, chrome, v8 } = process.versions;
  return {
    parley: version,
    protocol: String(PROTOCOL_VERSION),
    node,
    ...(electron === undefined ? {} : { electron }),
    ...(chrome === undefined ? {} : { chrome }),
    v8,
    system: `${os.platform()} ${os.release()} ${os.arch()}`,
  };
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function* zipOf(
  files: Record<string, string>,
  now: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files))
    zip.addBuffer(Buffer.from(text), name, { mtime: new Date(now) });
  zip.end();
  yield* zip.outputStream as Readable as AsyncIterable<Buffer>;
}
