/** The gateway as a program: what it prints, how it stops, and that nothing acknowledged is lost when it is killed. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashPassword } from '../../../gateway/store/passwords.ts';
import { openStore } from '../../../gateway/store/store.ts';
import { newId } from '../../../shared/domain/id.ts';
import { SignInResponse } from '../../../shared/protocol/session.ts';
import { channelFields, CHEAP_COST, inboundFact, openDesktop, PASSWORD } from '../../support/gateway-kit.ts';
import type { Desktop } from '../../support/gateway-kit.ts';

const CLI = new URL('../../../gateway/cli.ts', import.meta.url).pathname;

type Ready = { url: string; webhookUrl: string; webhookSecret: string; verifyToken: string; demo: unknown };
type Running = { child: ChildProcess; ready: Ready; exit: Promise<number | string>; stderr(): string };

let dataDir = '';
const running = new Set<Running>();
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'parley-gateway-test-'));
});
afterEach(async () => {
  for (const { child, exit } of running) {
    child.kill('SIGKILL');
    await exit;
  }
  running.clear();
  await rm(dataDir, { recursive: true, force: true });
});

function run(args: string[]): { child: ChildProcess; exit: Promise<number | string>; stderr(): string } {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exit = new Promise<number | string>((resolve) => {
    // `close`, not `exit`: what it said last is read too.
    child.once('close', (code, signal) => resolve(signal ?? code ?? -1));
  });
  return { child, exit, stderr: () => stderr };
}

async function start(args: string[] = []): Promise<Running> {
  const { child, exit, stderr } = run(['--data-dir', dataDir, ...args]);
  const lines = createInterface({ input: child.stdout! });
  const line = new Promise<string>((resolve) => lines.once('line', resolve));
  const first = await Promise.race([
    line,
    exit.then((code) => Promise.reject(new Error(`it ended (${code}): ${stderr()}`))),
  ]);
  const one = { child, exit, stderr, ready: JSON.parse(first) as Ready };
  running.add(one);
  return one;
}

/** A workspace with one agent and one conversation, made before the program runs. */
async function prepare(): Promise<{ conversationId: string; email: string; ws: number }> {
  const store = openStore(dataDir);
  const { ws } = store.createWorkspace('Test & Co');
  const email = 'maya@test.example';
  const passwordHash = await hashPassword(PASSWORD, CHEAP_COST);
  store.people.createUser(ws, { name: 'maya', email, role: 'agent', passwordHash });
  const channel = store.channels.create(ws, channelFields('Sales', '100', 24));
  const fact = inboundFact(channel.id, '1', 'hello');
  store.ingest([fact], { provider: 'test', body: '{}', receivedAt: Date.now() });
  const contact = store.contacts.find(ws, 'whatsapp', '1')!;
  const conversationId = store.conversations.find(contact.id, channel.id)!.id;
  store.close();
  return { conversationId, email, ws };
}

async function desktop(url: string, email: string): Promise<Desktop> {
  const response = await fetch(`${url}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD, totp: null, device: { id: null, name: 'test' } }),
  });
  return openDesktop(url, SignInResponse.parse(await response.json()));
}

test('it prints one JSON line, answers, and ends with 0 on SIGTERM', async () => {
  const gateway = await start(['--webhook-secret', 's3cret', '--verify-token', 'v3rify']);
  expect(gateway.ready).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/u),
    webhookUrl: `${gateway.ready.url}/v1/webhooks/whatsapp`,
    webhookSecret: 's3cret',
    verifyToken: 'v3rify',
    demo: null,
  });
  const health = await fetch(`${gateway.ready.url}/v1/health`);
  expect(await health.json()).toMatchObject({ ok: true, protocol: 1 });
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
  expect(gateway.stderr()).not.toContain('s3cret');
});

test('with --parent-watch it ends when its standard input is closed', async () => {
  const gateway = await start(['--parent-watch']);
  gateway.child.stdin!.end();
  expect(await gateway.exit).toBe(0);
});

test('wrong options end with 2 and say which', async () => {
  for (const [args, words] of [
    [['--seed', 'everything'], '--seed'],
    [['--port', 'http'], '--port'],
    [['--log-level', 'loud'], '--log-level'],
    [['--no-such-option'], 'no-such-option'],
  ] as const) {
    const wrong = run([...args]);
    expect(await wrong.exit).toBe(2);
    expect(wrong.stderr()).toContain(words);
  }
  const help = run(['--help']);
  expect(await help.exit).toBe(0);
});

test('killed again and again while it is sending: what was acked is there, once, and the file is whole', async () => {
  const { conversationId, email, ws } = await prepare();
  const sent: { id: string; data: object; acked: boolean }[] = [];
  for (let round = 0; round < 5; round += 1) {
    const gateway = await start();
    const maya = await desktop(gateway.ready.url, email);
    // First what is not known to have arrived, with its old id, as a desktop's outbox does.
    const open = sent.filter((command) => !command.acked);
    for (const command of open) {
      expect(await maya.command('message.send', command.data, command.id)).toMatchObject({ ok: true });
      command.acked = true;
    }
    const enough = 5 + round * 7;
    let acks = 0;
    const killed = new Promise<void>((resolve) => {
      for (let index = 0; index < 60; index += 1) {
        const content = { kind: 'text', body: `message ${round}.${index}` };
        const data = { conversationId, messageId: newId(), content, quotedMessageId: null };
        const command = { id: newId(), data, acked: false };
        sent.push(command);
        maya.socket.emit(
          'command',
          { id: command.id, type: 'message.send', data },
          (ack: { ok: boolean }) => {
            command.acked = ack.ok;
            acks += 1;
            if (acks !== enough) return;
            gateway.child.kill('SIGKILL');
            resolve();
          },
        );
      }
    });
    await killed;
    expect(await gateway.exit).toBe('SIGKILL');
    maya.close();
  }
  const gateway = await start();
  const maya = await desktop(gateway.ready.url, email);
  for (const command of sent) {
    expect(await maya.command('message.send', command.data, command.id)).toMatchObject({ ok: true });
  }
  maya.close();
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);

  const store = openStore(dataDir);
  expect(store.db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  const { head } = store.log.ends(ws);
  const seqs = [...store.log.after(ws, 0, 1e6)].map((row) => row.seq);
  expect(seqs).toEqual(Array.from({ length: head }, (_, index) => index + 1));
  const created = [...store.log.after(ws, 0, 1e6)].filter((row) => row.type === 'message.created');
  expect(created).toHaveLength(sent.length + 1);
  const messages = store.db
    .prepare<{ n: number }>("SELECT count(*) AS n FROM messages WHERE direction = 'out'")
    .get();
  expect(messages?.n).toBe(sent.length);
  store.close();
});
