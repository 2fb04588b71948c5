/**
 * The page in an app window of an installed Chromium, with a profile of its own that keeps nothing: incognito, no disk cache, no
 * crash reports, no connection to anywhere but 127.0.0.1.
 *
 * The token does not stand on the command line, which other users of the machine can read: the window opens on an empty page and
 * is led to the real address over Chromium's debugging pipe, which only we hold. When the pipe closes, so does Chromium: the window
 * never outlives us, however we end.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

export type BrowserWindow = {
  /** Settles when the window is closed. */
  closed: Promise<void>;
  close(): Promise<void>;
};

export type BrowserOptions = {
  chromium: string;
  profile: string;
  /** What the window shows first, on the same origin as `url`. */
  openingUrl: string;
  /** Where it is led to, token included. */
  url: string;
};

/** Milliseconds until the window must have answered, and for closing by itself. */
const PATIENCE = 30_000;
const STOP_PATIENCE = 5_000;
/** Milliseconds for what is said last to arrive. */
const LAST_WORDS = 1_000;

export function browserArguments(options: Pick<BrowserOptions, 'profile' | 'openingUrl'>): string[] {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return [
    `--user-data-dir=${options.profile}`,
    '--incognito',
    '--remote-debugging-pipe',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-service-autorun',
    '--disable-background-mode',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-component-extensions-with-background-pages',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-sync',
    '--disable-quic',
    '--disable-domain-reliability',
    '--disable-client-side-phishing-detection',
    '--disable-breakpad',
    '--disable-crash-reporter',
    '--no-pings',
    '--no-report-upload',
    '--metrics-recording-only',
    '--disable-gpu-shader-disk-cache',
    '--disk-cache-size=1',
    '--media-cache-size=1',
    '--password-store=basic',
    '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,DialMediaRouteProvider',
    // Whatever else it might want to ask goes to a proxy that does not exist. (Rules for names would do too, but Chromium warns of
    // them in a bar across the window.)
    '--proxy-server=http://127.0.0.1:9',
    '--proxy-bypass-list=127.0.0.1',
    '--window-size=1280,820',
    // Chromium's sandbox does not work for root, and it refuses to start; `--test-type` keeps it from
    // warning across the window, start.ts says it in the terminal.
    ...(asRoot ? ['--no-sandbox', '--test-type'] : []),
    `--app=${options.openingUrl}`,
  ];
}

/** Opens the window. Rejects when Chromium does not start or does not answer. */
export async function openBrowserWindow(options: BrowserOptions): Promise<BrowserWindow> {
  const child = spawn(options.chromium, browserArguments(options), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const words = lastWords(child.stderr);
  const failed = once(child, 'error').then(([error]) => {
    throw error;
  });
  const ended = Promise.race([once(child, 'exit').then(() => undefined), failed.catch(() => undefined)]);
  const gone = new Set<string>();
  let onGone: () => void = () => undefined;
  const pipe = createPipe(child.stdio[3] as Writable, child.stdio[4] as Readable, (event) => {
    const destroyed = Destroyed.safeParse(event);
    if (destroyed.success) gone.add(destroyed.data.params.targetId);
    onGone();
  });
  try {
    const early = ended.then(async () => {
      await heardOut(child);
      throw new Error(`Chromium ended at once${words()}`);
    });
    const page = await Promise.race([lead(pipe, options), failed, early, timeout(PATIENCE)]);
    // On macOS Chromium goes on without a window, so the end of the page counts too.
    const left = new Promise<void>((resolve) => {
      onGone = () => {
        if (gone.has(page)) resolve();
      };
      onGone();
    });
    return { closed: Promise.race([ended, left]), close: () => stop(child, ended) };
  } catch (error) {
    await stop(child, ended);
    throw error;
  }
}

/** What Chromium said last, for when it does not start (no display, for example). Read on, so that it never waits for us. */
function lastWords(stderr: Readable | null): () => string {
  let text = '';
  stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4000);
  });
  return () => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const about = (pattern: RegExp) => lines.findLast((line) => pattern.test(line));
    const last = about(/\bDISPLAY\b|sandbox/i) ?? about(/error|fatal/i) ?? lines.at(-1);
    return last === undefined ? '' : `: ${last.replace(/^\[[^\]]*\]\s*/, '')}`;
  };
}

/** Finds the window's page and leads it to the address; answers which page that is. */
async function lead(pipe: Pipe, options: BrowserOptions): Promise<string> {
  await pipe.ask('Target.setDiscoverTargets', { discover: true });
  for (;;) {
    const { targetInfos } = Targets.parse(await pipe.ask('Target.getTargets', {}));
    const page = targetInfos.find((target) => target.type === 'page' && target.url === options.openingUrl);
    if (page !== undefined) {
      const { sessionId } = Attached.parse(
        await pipe.ask('Target.attachToTarget', { targetId: page.targetId, flatten: true }),
      );
      await pipe.ask('Page.navigate', { url: options.url }, sessionId);
      await pipe.ask('Target.detachFromTarget', { sessionId });
      return page.targetId;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

const Targets = z.object({
  targetInfos: z.array(z.object({ targetId: z.string(), type: z.string(), url: z.string() })),
});
const Attached = z.object({ sessionId: z.string() });
const Answer = z.object({ id: z.number(), result: z.unknown().optional(), error: z.unknown().optional() });

const Destroyed = z.object({
  method: z.literal('Target.targetDestroyed'),
  params: z.object({ targetId: z.string() }),
});

type Pipe = { ask(method: string, params: object, sessionId?: string): Promise<unknown> };

/** Chromium's protocol over a pipe: JSON messages, each ended by a zero byte. */
function createPipe(to: Writable, from: Readable, onEvent: (event: unknown) => void): Pipe {
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  let rest: Buffer = Buffer.alloc(0);
  // A closed pipe is told by the end of the process.
  to.on('error', () => undefined);
  from.on('error', () => undefined);
  from.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const message: unknown = JSON.parse(rest.subarray(0, end).toString('utf8'));
      rest = rest.subarray(end + 1);
      const answer = Answer.safeParse(message);
      if (!answer.success) {
        onEvent(message);
        continue;
      }
      const asked = waiting.get(answer.data.id);
      waiting.delete(answer.data.id);
      if (answer.data.error === undefined) asked?.resolve(answer.data.result);
      else asked?.reject(new Error('Chromium refused'));
    }
  });
  return {
    ask(method, params, sessionId) {
      last += 1;
      const id = last;
      const message = { id, method, params, ...(sessionId === undefined ? {} : { sessionId }) };
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        to.write(`${JSON.stringify(message)}\0`);
      });
    },
  };
}

/** Its last words may still be on their way when it has ended; somebody whom it started may keep the way open. */
function heardOut(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LAST_WORDS);
    child.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function timeout(ms: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error('Chromium did not answer')), ms).unref();
  });
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
}
