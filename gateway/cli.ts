/**
 * The gateway as a program. Prints one JSON line when it is ready, logs to stderr, and serves until SIGTERM or SIGINT (or, with
 * --parent-watch, until its standard input is closed). Run it with Node 24: `node gateway/cli.ts --data-dir DIR`.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { isReadyProfile } from '../shared/policies/ready.ts';
import { startGateway } from './server/gateway.ts';

const USAGE = `Usage: node gateway/cli.ts [options]
  --data-dir DIR         where database and files lie (default: a new temporary folder)
  --host HOST            address to listen on (default 127.0.0.1)
  --port N               port, 0 for any (default 0)
  --seed demo|empty      fill an empty store with the demo workspace (default empty)
  --policy NAME          promises of a ready profile: onemsg, onemessage, onechat, unnamed, wasms or custom
  --graph-base-url URL   the Graph API, with its version
  --webhook-secret TEXT  secret that signs webhooks (default: made up, printed)
  --verify-token TEXT    token of the webhook handshake (default: made up, printed)
  --simulate             simulated customers write and answer
  --log-level LEVEL      trace, debug, info, warn, error or silent (default info)
  --parent-watch         stop when standard input is closed
  --help                 this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      'data-dir': { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '0' },
      seed: { type: 'string', default: 'empty' },
      policy: { type: 'string' },
      'graph-base-url': { type: 'string' },
      'webhook-secret': { type: 'string' },
      'verify-token': { type: 'string' },
      simulate: { type: 'boolean', default: false },
      'log-level': { type: 'string', default: 'info' },
      'parent-watch': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { seed, policy } = values;
  const port = Number(values.port);
  if (seed !== 'demo' && seed !== 'empty') return wrongUsage('--seed is demo or empty');
  if (policy !== undefined && !isReadyProfile(policy)) return wrongUsage('--policy is not a ready profile');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return wrongUsage('--port is a number up to 65535');
  if (!Object.hasOwn(pino.levels.values, values['log-level']) && values['log-level'] !== 'silent') {
    return wrongUsage('--log-level is not a level');
  }

  const logger = pino({ level: values['log-level'] }, pino.destination({ fd: 2, sync: true }));
  // What ends the process is logged by its name and place; its message may quote what it choked on.
  process.on('uncaughtException', (error) => {
    const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
    logger.fatal({ error: error.name, frames }, 'crashed');
    process.exit(1);
  });
  const graphBaseUrl = values['graph-base-url'];
  const webhookSecret = values['webhook-secret'];
  const verifyToken = values['verify-token'];
  const gateway = await startGateway({
    dataDir: values['data-dir'] ?? mkdtempSync(path.join(tmpdir(), 'parley-gateway-')),
    host: values.host,
    port,
    seed,
    simulate: values.simulate,
    logger,
    ...(policy === undefined ? {} : { policy }),
    ...(graphBaseUrl === undefined ? {} : { graphBaseUrl }),
    ...(webhookSecret === undefined ? {} : { webhookSecret }),
    ...(verifyToken === undefined ? {} : { verifyToken }),
  });
  const stopped = stopSignal(values['parent-watch']);
  const { url, webhookUrl, demo } = gateway;
  const ready = {
    url,
    webhookUrl,
    webhookSecret: gateway.webhookSecret,
    verifyToken: gateway.verifyToken,
    demo,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  logger.info({ reason: await stopped }, 'stopping');
  await gateway.close();
  return 0;
}

/** Resolves with the reason to stop. A second signal ends the process at once. */
function stopSignal(parentWatch: boolean): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'));
    process.once('SIGINT', () => resolve('SIGINT'));
    if (!parentWatch) return;
    process.stdin.resume();
    process.stdin.once('end', () => resolve('parent gone'));
    process.stdin.once('error', () => resolve('parent gone'));
  });
}

function wrongUsage(message: string): number {
  process.stderr.write(`${message}\n\n${USAGE}`);
  return 2;
}

try {
  process.exitCode = await main();
  // An open standard input would keep the process alive.
  process.stdin.destroy();
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  const message = error instanceof Error ? error.message : 'unknown';
  process.stderr.write(`${JSON.stringify({ error: message, code })}\n`);
  process.exitCode = code?.startsWith('ERR_PARSE_ARGS') === true ? 2 : 1;
}
