/** The demo gateway as a utility process: it ends with us, and works with the fuse `RunAsNode` off. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import { type GatewayReady, type Seed, gatewayArguments, readGatewayLine } from '../app/demo-gateway.ts';

export type GatewayUtility = {
  /** What it says when it serves. Rejects when it ends before, or says something else. */
  ready: Promise<GatewayReady>;
  /** At any time. */
  stop(): Promise<void>;
};

const PROGRAM = new URL('../../gateway/cli.ts', import.meta.url);

export function startGatewayUtility(options: {
  dataDir: string;
  seed: Seed;
  policy?: string | null;
}): GatewayUtility {
  const child = utilityProcess.fork(
    fileURLToPath(PROGRAM),
    gatewayArguments(options.dataDir, options.seed, options.policy),
    {
      serviceName: 'Parley demo gateway',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'exit').then(() => undefined);
  const stop = async () => {
    // kill() asks politely (SIGTERM) and answers false when it is gone already.
    if (child.kill()) await ended;
  };
  if (child.stdout === null) throw new Error('the demo gateway has no output');
  return { ready: readGatewayLine(child.stdout, ended), stop };
}
