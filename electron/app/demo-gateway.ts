/** How the demo gateway is started and what it says when it is ready; who starts it (a child process, a utility process) differs. */
import { z } from 'zod';
import type { StartGateway } from './signed-in.ts';

/** The one line that gateway/cli.ts prints. */
export const GatewayReady = z.object({
  url: z.string(),
  webhookUrl: z.string(),
  webhookSecret: z.string(),
  verifyToken: z.string(),
  demo: z.object({ email: z.string(), password: z.string() }).nullable(),
});
export type GatewayReady = z.infer<typeof GatewayReady>;

export type Seed = 'demo' | 'empty';

/** Port 0: a free one, on 127.0.0.1. Customers of the demo workspace are simulated. */
export function gatewayArguments(dataDir: string, seed: Seed, policy: string | null = null): string[] {
  const always = ['--data-dir', dataDir, '--seed', seed, '--port', '0', '--log-level', 'warn'];
  if (policy !== null) always.push('--policy', policy);
  return seed === 'demo' ? [...always, '--simulate'] : always;
}

/** What the application is told about the gateway of this start. `named`: by the command line. */
export function startGatewayOf(ready: GatewayReady | null, named: string | null): StartGateway {
  if (ready === null) return { url: named, prefill: null };
  return { url: ready.url, prefill: ready.demo === null ? null : { gateway: ready.url, ...ready.demo } };
}

/** Milliseconds until the gateway must have said that it is ready; the first start makes the demo workspace. */
export const GATEWAY_PATIENCE = 60_000;
const MAX_LINE = 64 * 1024;

/** Reads the line from the program's output. `ended` settles when the program is gone. */
export function readGatewayLine(
  output: NodeJS.ReadableStream,
  ended: Promise<unknown>,
): Promise<GatewayReady> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(
      () => finish(new Error('the demo gateway did not become ready')),
      GATEWAY_PATIENCE,
    );
    function finish(result: Error | GatewayReady): void {
      clearTimeout(timer);
      output.off('data', onData);
      // Whatever it prints later is read and dropped: a full pipe would stop it.
      output.resume();
      if (result instanceof Error) reject(result);
      else resolve(result);
    }
    function onData(chunk: Buffer | string): void {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end < 0 && text.length < MAX_LINE) return;
      finish(parse(text.slice(0, end < 0 ? 0 : end)));
    }
    output.on('data', onData);
    ended.then(
      () => finish(new Error('the demo gateway ended before it was ready')),
      (error: unknown) =>
        finish(error instanceof Error ? error : new Error('the demo gateway did not start')),
    );
  });
}

function parse(line: string): GatewayReady | Error {
  try {
    return GatewayReady.parse(JSON.parse(line));
  } catch {
    return new Error('the demo gateway said something else than expected');
  }
}
