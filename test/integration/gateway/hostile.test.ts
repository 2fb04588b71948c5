/** Hostile input over raw HTTP and sockets: a clear refusal each time, the gateway alive after it, and nothing of it in logs or answers. */
import { request } from 'node:http';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import fc from 'fast-check';
import { newId } from '../../../shared/domain/id.ts';
import { HistoryPage } from '../../../shared/protocol/sync.ts';
import { inboundFact, openSocket, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import type { Kit } from '../../support/gateway-kit.ts';

const SECRET = 'zebra-crossing-4711';
let kit: Kit;
let log = '';
beforeEach(async () => {
  log = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log += chunk.toString();
      done();
    },
  });
  kit = await startKit({ logger: pino({ level: 'trace' }, sink) });
});
afterEach(async () => {
  const health = await kit.http('GET', '/v1/health');
  await kit.close();
  // Thrown rather than expected: this holds after every test of this file.
  if (health.status !== 200) throw new Error('the gateway has not survived');
  if (log.includes(SECRET) || log.includes(PASSWORD)) throw new Error('the log quotes what came in');
});

/** Posts raw bytes. Of more than a megabyte only the beginning: the announced length alone is to be refused. */
function post(
  path: string,
  body: Buffer | string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${kit.gateway.url}${path}`,
      { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, agent: false },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text });
          outgoing.destroy();
        });
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.setHeader('content-length', Buffer.byteLength(body));
    if (Buffer.byteLength(body) <= 1_000_000) outgoing.end(body);
    else outgoing.write(body.slice(0, 65_536));
  });
}

test('malformed, deep, huge and poisoned JSON bodies', async () => {
  const path = '/v1/auth/sign-in';
  const bodies: [string, number][] = [
    ['{"email": "' + SECRET, 400],
    ['', 400],
    ['null', 400],
    ['[]', 400],
    ['"' + SECRET + '"', 400],
    ['['.repeat(100_000), 400],
    [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 400],
    [`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 400],
    ['{"__proto__": {"admin": true}, "email": "x"}', 400],
    [
      JSON.stringify({
        email: SECRET,
        password: 'x'.repeat(2_000),
        totp: null,
        device: { id: null, name: 'x' },
      }),
      400,
    ],
    ['\u0000\u0001', 400],
    ['\uD800', 400],
  ];
  for (const [body, status] of bodies) {
    const answer = await post(path, body);
    expect([body.slice(0, 30), answer.status]).toEqual([body.slice(0, 30), status]);
    expect(JSON.parse(answer.text)).toMatchObject({ kind: 'invalid' });
    expect(answer.text).not.toContain(SECRET);
  }
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test('a body of 10 MB and a wrong content type', async () => {
  const huge = await post('/v1/auth/sign-in', JSON.stringify({ email: SECRET.repeat(600_000) }));
  expect(huge.status).toBe(413);
  expect(JSON.parse(huge.text)).toMatchObject({ kind: 'too_large' });
  const wrong = await post('/v1/auth/sign-in', SECRET, { 'content-type': 'text/xml' });
  expect(wrong.status).toBe(400);
  expect(wrong.text).not.toContain(SECRET);
});

test('foreign, expired and strange tokens, on every address that needs one', async () => {
  const { tokens } = await kit.signIn(kit.maya);
  const calls: [string, string][] = [
    ['GET', '/v1/devices'],
    ['DELETE', `/v1/devices/${newId()}`],
    ['GET', `/v1/media/${newId()}`],
    ['POST', '/v1/media'],
    ['GET', '/v1/notices'],
    ['POST', '/v1/auth/sign-out'],
  ];
  for (const [method, path] of calls) {
    for (const authorization of [
      undefined,
      'Bearer ',
      'Bearer a b',
      `Bearer ${tokens.refreshToken}`,
      `Bearer ${tokens.accessToken}x`,
      `Basic ${tokens.accessToken}`,
      `Bearer ${'x'.repeat(5_000)}`,
    ]) {
      const answer = await kit.http(method, path, {
        headers: authorization === undefined ? {} : { authorization },
      });
      expect([path, answer.status, answer.body]).toMatchObject([path, 401, { kind: 'session_expired' }]);
    }
  }
  expect((await kit.http('GET', '/v1/notices', { token: tokens.accessToken })).status).toBe(403);
  expect((await kit.http('GET', '/nothing/here')).status).toBe(404);
  for (const strange of [SECRET.repeat(30), `%E0%A4%A${SECRET}`, `${SECRET}%00`, '..%2f..%2fgateway.db']) {
    const answer = await kit.http('GET', `/v1/media/${strange}`, { token: tokens.accessToken });
    expect(answer).toMatchObject({ status: 404, body: { kind: 'not_found' } });
    expect(JSON.stringify(answer.body)).not.toContain(SECRET);
  }
});

test('hostile strings go through unharmed: in as facts, out in pages and batches', async () => {
  const bodies = [
    '\u{1f468}‍\u{1f469}‍\u{1f467}',
    'lone \uD800 surrogate \uDC00',
    'nul \u0000 inside',
    '__proto__',
    '\u202Eright to left',
    '"}],"next":null}',
    '\u2028\u2029</script>',
    "'; DROP TABLE messages; --",
    SECRET,
  ];
  const desktop = await kit.connect(kit.maya);
  await desktop.subscribe(0);
  for (const body of bodies) kit.inbound('1', body);
  const history = HistoryPage.parse(
    (await desktop.request('sync.history', { cursor: null, limit: 100 })).value,
  );
  const texts = history.messages.map((message) =>
    message.content.kind === 'text' ? message.content.body : '',
  );
  expect(texts.toReversed()).toEqual(bodies);
  await expect
    .poll(() => desktop.events().filter((event) => event.type === 'message.created').length)
    .toBe(bodies.length);
  const conversationId = history.messages[0]!.conversationId;
  for (const body of bodies) {
    const content = { kind: 'text', body };
    const data = { conversationId, messageId: newId(), content, quotedMessageId: null };
    expect(await desktop.command('message.send', data)).toMatchObject({ ok: true });
  }
  for (const id of ['__proto__', 'constructor', '\u0000', "' OR 1=1 --", '\uD800'.repeat(3), '../../x']) {
    const data = {
      conversationId: id,
      messageId: newId(),
      content: { kind: 'text', body: 'x' },
      quotedMessageId: null,
    };
    expect(await desktop.command('message.send', data)).toMatchObject({
      ok: false,
      error: { kind: 'not_found' },
    });
  }
});

test('socket requests of any shape are answered or ignored, and the socket of others lives on', async () => {
  const [maya, tom] = [await kit.connect(kit.maya), await kit.connect(kit.tom)];
  const deep = JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`) as unknown;
  for (const name of ['subscribe', 'sync.snapshot', 'sync.history', 'conversation.history', 'command']) {
    for (const data of [
      null,
      0,
      '',
      [],
      [[]],
      deep,
      { cursor: {} },
      { id: newId(), type: {}, data: deep },
      SECRET,
    ]) {
      const answer = await maya.request(name, data);
      if (name !== 'sync.snapshot') expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid' } });
      expect(JSON.stringify(answer)).not.toContain(SECRET);
    }
  }
  // Without an ack, with many arguments, with names that mean something elsewhere.
  for (const name of ['subscribe', 'command', 'ephemeral', 'hasOwnProperty', '__proto__']) {
    maya.socket.emit(name);
    maya.socket.emit(name, 1, 2, 3);
    maya.socket.emit(name, Buffer.from('bytes'));
  }
  expect(await maya.request('sync.snapshot', {})).toMatchObject({ ok: true });
  expect(await tom.request('sync.snapshot', {})).toMatchObject({ ok: true });
});

test('a packet that is too large or no packet ends that socket only', async () => {
  const [maya, tom] = [await kit.connect(kit.maya), await kit.connect(kit.tom)];
  const gone = new Promise<unknown>((resolve) => maya.socket.once('disconnect', resolve));
  maya.socket.emit('command', { id: newId(), type: 'note.add', data: { body: SECRET.repeat(1_000_000) } });
  await gone;

  const address = `${kit.gateway.url.replace('http', 'ws')}/v1/socket/?EIO=4&transport=websocket`;
  for (const garbage of [
    '4',
    '42',
    '42["command"',
    '4{"x":1}',
    '451-["x",{"_placeholder":true,"num":0}]',
    '9',
    '\u0000',
  ]) {
    const raw = new WebSocket(address);
    const closed = new Promise<void>((resolve) => raw.once('close', () => resolve()));
    raw.once('open', () => {
      raw.send(garbage);
      raw.send(garbage);
      raw.close();
    });
    await closed;
  }
  expect(await tom.request('sync.snapshot', {})).toMatchObject({ ok: true });
});

test('polling is not offered, and a socket without a token learns nothing', async () => {
  const polling = await kit.http('GET', '/v1/socket/?EIO=4&transport=polling');
  expect(polling.status).toBe(400);
  const socket = openSocket(kit.gateway.url, { token: '__proto__', protocol: 1, extra: SECRET });
  const error = await new Promise<Error & { data?: unknown }>((resolve) =>
    socket.once('connect_error', resolve),
  );
  expect(error.data).toEqual({ kind: 'session_expired' });
  socket.disconnect();
});

test('a payload for a number that no channel has is kept, and reported without its contents', async () => {
  const { store } = kit.gateway;
  const raw = { provider: 'test', body: JSON.stringify({ text: SECRET }), receivedAt: 1_000 };
  store.raw.keepUnrouted(raw, '15550001111');
  store.raw.keepUnrouted({ ...raw, receivedAt: 2_000 }, '15550001111');
  const { tokens } = await kit.signIn(kit.supervisor);
  const notices = await kit.http('GET', '/v1/notices', { token: tokens.accessToken });
  expect(notices.body).toEqual([
    {
      id: expect.any(String),
      kind: 'unrouted',
      provider: 'test',
      address: '15550001111',
      count: 1,
      firstAt: 1_000,
      lastAt: 2_000,
    },
  ]);
  expect(JSON.stringify(notices.body)).not.toContain(SECRET);
});

test('a failure inside is `internal`, without a word of what caused it', async () => {
  const desktop = await kit.connect(kit.maya);
  const conversationId = kit.inbound('1', 'x');
  kit.gateway.store.notes.add = () => {
    throw new Error(`near "${SECRET}": syntax error`);
  };
  const ack = await desktop.command('note.add', {
    conversationId,
    noteId: newId(),
    body: SECRET,
    mentions: [],
  });
  expect(ack).toMatchObject({ ok: false, error: { kind: 'internal', retry: 'after' } });
  expect(JSON.stringify(ack)).not.toContain(SECRET);
  expect(log).toContain('command failed');
  const fact = inboundFact(newId(), '1', SECRET);
  expect(() => kit.gateway.store.ingest([fact], { provider: 'test', body: '{}', receivedAt: 1 })).toThrow(
    'a channel that does not exist',
  );
});

test('whatever JSON comes as a request or command, the answer is a refusal that says which, never a failure', async () => {
  const conversationId = kit.inbound('1', 'x');
  const desktop = await kit.connect(kit.maya);
  const seed = Number(process.env['PARLEY_SEED'] ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed} (PARLEY_SEED repeats it)`);
  const value = fc.jsonValue({ maxDepth: 4 });
  const text = fc.string({ unit: 'binary' });
  // Fields that exist, with values that may be anything.
  const data = fc.record(
    {
      conversationId: fc.oneof(fc.constant(conversationId), text),
      messageId: fc.oneof(text, value),
      noteId: text,
      body: fc.oneof(text, value),
      mentions: fc.array(text),
      content: fc.oneof(
        fc.record({
          kind: fc.constantFrom('text', 'image', 'list', 'template', 'unknown', 'nothing'),
          body: text,
        }),
        value,
      ),
      quotedMessageId: fc.oneof(fc.constant(null), text),
      emoji: fc.oneof(fc.constant(null), text),
      upTo: text,
      assigneeId: fc.oneof(fc.constant(null), text),
      status: fc.constantFrom('open', 'snoozed', 'closed', 'burnt'),
      snoozedUntil: fc.oneof(fc.constant(null), fc.integer(), fc.double()),
      labelIds: fc.oneof(fc.array(text), value),
    },
    { requiredKeys: [] },
  );
  const type = fc.constantFrom(
    'message.send',
    'message.retry',
    'message.react',
    'note.add',
    'conversation.read',
    'conversation.assign',
    'conversation.status',
    'conversation.labels',
    'toString',
  );
  const request = fc.oneof(
    fc.record({ name: fc.constant('command'), data: fc.record({ id: fc.uuid(), type, data }) }),
    fc.record({ name: fc.constant('command'), data: value }),
    fc.record({
      name: fc.constantFrom('subscribe', 'sync.conversations', 'sync.history', 'conversation.history'),
      data: fc.record({
        conversationId: fc.constant(conversationId),
        cursor: fc.oneof(
          fc.constant(null),
          text,
          fc.constantFrom('1.', '5.x', 'tail.3', 'tail.x', '1.1.1'),
          fc.nat(),
        ),
        limit: fc.oneof(fc.integer(), value),
      }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(request, async ({ name, data: sent }) => {
      const answer = await desktop.request(name, sent);
      if (!answer.ok && answer.error?.kind === 'internal') throw new Error(`${name} failed inside`);
    }),
    { seed, numRuns: 400 },
  );
});
