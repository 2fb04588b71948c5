/** The demo gateway as a child process: under the same Node, on a free port, and never longer than we live. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type GatewayReady, type Seed, gatewayArguments, readGatewayLine } from '../app/demo-gateway.ts';

export type GatewayProcess = {
  /** What it says when it serves. Rejects when it ends before, or says something else. */
  ready: Promise<GatewayReady>;
  /** Settles when it is gone, expected or not. */
  ended: Promise<void>;
  /** At any time. */
  stop(): Promise<void>;
};

const PROGRAM = new URL('../../gateway/cli.ts', import.meta.url);
/** Milliseconds for flushing before it is killed. */
const STOP_PATIENCE = 8_000;

export function startGatewayProcess(options: {
  dataDir: string;
  seed: Seed;
  policy?: string | null;
}): GatewayProcess {
  const args = [...gatewayArguments(options.dataDir, options.seed, options.policy), '--parent-watch'];
  // Its stdin is a pipe that closes with us, however we end: that is what it watches.
  const child = spawn(process.execPath, [fileURLToPath(PROGRAM), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = end(child);
  return { ready: readGatewayLine(child.stdout, ended), ended, stop: () => stop(child, ended) };
}

async function end(child: ChildProcess): Promise<void> {
  await Promise.race([once(child, 'exit'), once(child, 'error').then(() => undefined)]);
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
}
