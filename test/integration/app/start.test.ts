/** The process that `npm start -- --no-window --json` starts: its one line, its doors, its end. */
import { existsSync } from 'node:fs';
import http from 'node:http';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SOCKET_PATH, TOKEN_PATH } from '../../../shared/contract/frames.ts';
import { type AppProcess, exchange, runApp, scratch, startApp } from '../../support/app-process.ts';

let place: Awaited<ReturnType<typeof scratch>>;
let app: AppProcess;
beforeAll(async () => {
  place = await scratch();
  app = await startApp(['--key', 'file', '--seed', 'empty', '--user-data', place.userData], place);
});
afterAll(async () => {
  await app.stop();
  await place.remove();
});

/** fetch does not let a test lie about Host. */
function request(
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<http.IncomingMessage> {
  const { hostname, port, host } = new URL(app.origin);
  return new Promise((resolve, reject) => {
    http
      .request({ hostname, port, path, method, headers: { host, ...headers } }, (response) => {
        response.resume();
        resolve(response);
      })
      .on('error', reject)
      .end();
  });
}

/** The status with which an upgrade is refused, 101 when it is not. */
function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(app.origin.replace('http', 'ws') + path, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

test('prints exactly one JSON line', () => {
  const { stdout } = app.output();
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(app.line).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/) as string,
    gatewayUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    webhookUrl: expect.stringContaining('/v1/webhooks/whatsapp') as string,
    webhookSecret: expect.any(String) as string,
    userDataDir: place.userData,
  });
});

describe('the page', () => {
  test('is served under a strict policy and stored nowhere', async () => {
    const response = await fetch(`${app.origin}/`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Parley</title>');
    const csp = response.headers.get('content-security-policy') ?? '';
    expect(csp.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(csp).not.toMatch(/unsafe|\*/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test.each(['/../package.json', '/%2e%2e/package.json', '/package.json', '//etc/passwd', '/assets/'])(
    '%s is not there',
    async (path) => {
      expect((await request(path, {})).statusCode).toBe(404);
    },
  );

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is refused', async (method) => {
    expect((await request('/', { origin: app.origin }, method)).statusCode).toBe(405);
    expect((await request('/', {}, method)).statusCode).toBe(403);
  });
});

describe('strangers are refused', () => {
  test.each([
    [{ host: 'evil.example' }],
    [{ host: 'localhost' }],
    [{ host: '127.0.0.1' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
  ])('a request with %o', async (headers) => {
    for (const path of ['/', '/media/x', TOKEN_PATH]) {
      expect((await request(path, headers as Record<string, string>)).statusCode).toBe(403);
    }
  });

  test('a wrong token, a token by GET, a body that is too large', async () => {
    expect((await exchange(app.origin, 'x'.repeat(43))).status).toBe(403);
    expect((await exchange(app.origin, 'x'.repeat(2000))).status).toBe(413);
    expect((await request(TOKEN_PATH, {})).statusCode).toBe(405);
    expect((await exchange(app.origin, app.token, { origin: 'https://evil.example' })).status).toBe(403);
  });

  test('a socket without the cookie, with another Origin, without one, or elsewhere', async () => {
    const { cookie } = await app.page();
    const { origin } = app;
    expect(await upgrade(SOCKET_PATH, { origin })).toBe(403);
    expect(await upgrade(SOCKET_PATH, { origin, cookie: `${cookie}x` })).toBe(403);
    expect(await upgrade(SOCKET_PATH, { origin: 'https://evil.example', cookie })).toBe(403);
    expect(await upgrade(SOCKET_PATH, { cookie })).toBe(403);
    expect(await upgrade(SOCKET_PATH, { origin, cookie, host: 'evil.example' })).toBe(403);
    expect(await upgrade('/other', { origin, cookie })).toBe(403);
    expect(await upgrade(SOCKET_PATH, { origin, cookie })).toBe(101);
  });

  test('a file without the cookie', async () => {
    expect((await request('/media/x', {})).statusCode).toBe(403);
    const { cookie } = await app.page();
    expect((await request('/media/x', { cookie })).statusCode).toBe(404);
  });
});

describe('the socket', () => {
  test('a second page may open the printed address, and both are answered', async () => {
    const [one, two] = [await app.page(), await app.page()];
    expect(await one.state()).toMatchObject({ phase: 'signed_out', prefill: null });
    expect(await two.state()).toEqual(await one.state());
  });

  test.each([
    ['text that is no JSON', 'hello', 1008],
    ['a frame that is none', '{"id":"1"}', 1008],
    ['an array', '[]', 1008],
    ['bytes', Buffer.from([1, 2, 3]), 1003],
    ['a frame that is too large', `"${'x'.repeat(1024 * 1024)}"`, 1009],
  ])('%s ends it', async (_what, frame, code) => {
    const page = await app.page();
    page.send(frame);
    expect(await page.closed).toBe(code);
    // The application goes on for the others.
    expect((await (await app.page()).state()).phase).toBe('signed_out');
  });

  test('wrong and unknown calls are typed refusals', async () => {
    const page = await app.page();
    expect(await page.ask('nonsense', {})).toMatchObject({ ok: false, error: { kind: 'unknown_call' } });
    expect(await page.ask('inbox.list', {})).toMatchObject({ ok: false, error: { kind: 'invalid_input' } });
    expect(await page.ask('inbox.views', {})).toMatchObject({ ok: false, error: { kind: 'not_ready' } });
  });
});

test('a second start on the same folder says so and leaves the first alone', async () => {
  const second = await runApp(['--no-window', '--json', '--user-data', place.userData], place);
  expect(second).toMatchObject({ code: 3, stdout: '' });
  expect(second.stderr).toContain('already running');
  expect((await (await app.page()).state()).phase).toBe('signed_out');
});

test.each([['--nonsense'], ['--seed', 'full'], ['stray']])(
  '%s %s: refused with the usage',
  async (...args) => {
    const refused = await runApp(args, place);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('--user-data DIR');
  },
);

test('without a built page it says what to do', async () => {
  const refused = await runApp(['--no-window'], { pageFolder: '/nonexistent' });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('npm run build');
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: everything is flushed, the gateway ends too, exit 0',
  async (signal) => {
    const other = await scratch();
    try {
      const running = await startApp(
        ['--key', 'file', '--seed', 'empty', '--user-data', other.userData],
        other,
      );
      await running.page();
      const { gatewayUrl } = running.line;
      expect((await fetch(`${gatewayUrl}/v1/health`)).status).toBe(200);
      expect(await running.stop(signal)).toBe(0);
      await expect(fetch(`${gatewayUrl}/v1/health`)).rejects.toThrow(/fetch failed/);
      expect(existsSync(`${other.userData}/cache/parley.db-wal`)).toBe(false);
    } finally {
      await other.remove();
    }
  },
);

test('kill -9: the gateway does not outlive the application, and the next start takes the folder', async () => {
  const other = await scratch();
  try {
    const args = ['--key', 'file', '--seed', 'empty', '--user-data', other.userData];
    const running = await startApp(args, other);
    const { gatewayUrl } = running.line;
    await running.stop('SIGKILL');
    const gone = () =>
      fetch(`${gatewayUrl}/v1/health`).then(
        () => false,
        () => true,
      );
    await expect.poll(gone).toBe(true);
    const again = await startApp(args, other);
    expect((await (await again.page()).state()).phase).toBe('signed_out');
    expect(await again.stop()).toBe(0);
  } finally {
    await other.remove();
  }
});

test('a folder that cannot be is said in words', async () => {
  const refused = await runApp(['--no-window', '--user-data', '/dev/null/data'], place);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('cannot write to its folder');
});
