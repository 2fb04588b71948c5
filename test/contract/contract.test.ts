/** The contract between page and application: one map, and both ends keep to it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context, Handlers } from '../../electron/app/context.ts';
import { CallFailure } from '../../shared/contract/errors.ts';
import { createGate } from '../../electron/app/gate.ts';
import { handlers } from '../../electron/app/handlers/all.ts';
import { logTo } from '../../electron/app/log.ts';
import { PHASES, PHASES_OF, type Phase } from '../../electron/app/phases.ts';
import { type CallName, calls } from '../../shared/contract/calls.ts';
import { CallResult } from '../../shared/contract/frames.ts';
import { samples } from '../support/call-samples.ts';
import { type World, signIn, startWorld } from '../support/fake-parts.ts';

const names = Object.keys(calls) as CallName[];
const HOSTILE = [undefined, null, 'text', 42, true, [], [{}], () => 1, Symbol.iterator];

describe('map, handlers and phases', () => {
  test('name the same calls', () => {
    expect(Object.keys(handlers).sort()).toEqual([...names].sort());
    expect(Object.keys(PHASES_OF).sort()).toEqual([...names].sort());
    expect(Object.keys(samples).sort()).toEqual([...names].sort());
  });

  test('every call is answered somewhere, and every phase answers app.state', () => {
    for (const name of names) expect(PHASES_OF[name].length).toBeGreaterThan(0);
    expect(PHASES_OF['app.state']).toEqual(PHASES);
  });
});

describe('a wrong input is refused with invalid_input, whatever the phase', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await signIn(world);
    world.done.length = 0;
  });
  afterAll(() => world.close());

  test.each(names)('%s', async (name) => {
    const inputs: unknown[] = [...HOSTILE];
    const sample: Record<string, unknown> = samples[name];
    for (const field of Object.keys(sample)) {
      const { [field]: _left, ...rest } = sample;
      inputs.push(rest);
      // Every value of a patch may be left out, so that an object with other names says nothing and is no mistake.
      const wrong =
        field === 'patch' ? [undefined, Number.NaN, [[]]] : [undefined, Number.NaN, { wrong: true }, [[]]];
      for (const value of wrong) inputs.push({ ...sample, [field]: value });
    }
    for (const input of inputs) {
      const result = await world.application.call(name, input);
      expect(CallResult.parse(result)).toMatchObject({ ok: false, error: { kind: 'invalid_input' } });
    }
    expect(calls[name].input.safeParse(sample).success).toBe(true);
    // No handler was reached.
    expect(world.done).toEqual([]);
  });

  test.each([
    ['message.send', { ...samples['message.send'], content: { kind: 'text', body: 7 } }],
    ['message.send', { ...samples['message.send'], content: { kind: 'nonsense' } }],
    ['inbox.list', { ...samples['inbox.list'], limit: 501 }],
    ['inbox.list', { ...samples['inbox.list'], view: { kind: 'channel' } }],
    ['conversation.thread', { ...samples['conversation.thread'], limit: 0 }],
    ['session.signIn', { ...samples['session.signIn'], gateway: 'javascript:alert(1)' }],
    ['session.signIn', { ...samples['session.signIn'], gateway: 'file:///etc/passwd' }],
    [
      'draft.save',
      {
        ...samples['draft.save'],
        draft: { text: 'x'.repeat(65_537), quotedMessageId: null, attachments: [] },
      },
    ],
    ['note.add', { ...samples['note.add'], body: '' }],
    ['link.open', { url: `https://example.org/${'x'.repeat(5000)}` }],
  ])('%s with %o', async (name, input) => {
    expect(await world.application.call(name, input)).toMatchObject({
      ok: false,
      error: { kind: 'invalid_input' },
    });
  });

  test('the refusal does not repeat what was given', async () => {
    const secret = 'the customer wrote this';
    const result = await world.application.call('draft.save', { conversationId: secret, text: { secret } });
    expect(JSON.stringify(result)).not.toContain(secret);
    expect(world.logged.join('')).not.toContain(secret);
  });
});

describe('an unknown call', () => {
  test.each([
    '',
    'inbox',
    'inbox.list ',
    'INBOX.LIST',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ])('%j is refused', async (name) => {
    const { gate } = bareGate('ready');
    expect(await gate(name, {})).toMatchObject({ ok: false, error: { kind: 'unknown_call' } });
  });
});

describe('a call outside of its phases is refused with not_ready, before its handler', () => {
  test.each(PHASES)('%s', async (phase) => {
    const { gate, reached } = bareGate(phase);
    for (const name of names) {
      const result = await gate(name, samples[name]);
      const allowed = PHASES_OF[name].includes(phase);
      expect(result).toMatchObject(allowed ? { ok: true } : { ok: false, error: { kind: 'not_ready' } });
    }
    expect(reached).toEqual(names.filter((name) => PHASES_OF[name].includes(phase)));
  });
});

describe('what a handler throws', () => {
  test('a CallFailure goes to the page as it is', async () => {
    const gate = gateWith(() => Promise.reject(new CallFailure({ kind: 'not_found', message: 'gone' })));
    expect(await gate('app.state', {})).toEqual({ ok: false, error: { kind: 'not_found', message: 'gone' } });
  });

  test('anything else is internal, and its words stay out of the answer and of the log', async () => {
    const lines: string[] = [];
    const gate = gateWith(() => Promise.reject(new Error('row 7: "meet me at noon"')), lines);
    const result = await gate('app.state', {});
    expect(result).toMatchObject({ ok: false, error: { kind: 'internal' } });
    expect(JSON.stringify(result)).not.toContain('noon');
    expect(lines.join('')).toContain('a call failed');
    expect(lines.join('')).not.toContain('noon');
  });

  test('an answer that does not fit is found in development and tests', async () => {
    const gate = gateWith(async () => ({ phase: 'nonsense' }) as never);
    expect(await gate('app.state', {})).toMatchObject({ ok: false, error: { kind: 'internal' } });
  });
});

describe('links', () => {
  test.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://host/share',
    'ms-msdt:x',
    'nonsense',
  ])('%s is not opened', async (url) => {
    const opened: string[] = [];
    const { gate } = realGate(opened);
    expect(await gate('link.open', { url })).toMatchObject({ ok: false, error: { kind: 'forbidden' } });
    expect(opened).toEqual([]);
  });

  test.each([
    ['https://example.org/a b', 'https://example.org/a%20b'],
    ['HTTP://EXAMPLE.ORG', 'http://example.org/'],
    ['mailto:a@b.example', 'mailto:a@b.example'],
    ['tel:+491234567', 'tel:+491234567'],
  ])('%s is opened as %s', async (url, href) => {
    const opened: string[] = [];
    expect(await realGate(opened).gate('link.open', { url })).toEqual({ ok: true, value: {} });
    expect(opened).toEqual([href]);
  });
});

describe('files of messages', () => {
  const nameOf = { offer: 'offer.pdf', macros: 'list.xlsm', program: 'offer.pdf.exe', page: 'page.html' };

  test.each(['program', 'page'])('a %s is not opened', async (mediaId) => {
    const { gate, opened } = gateWithFiles(nameOf);
    expect(await gate('media.open', { mediaId })).toMatchObject({ ok: false, error: { kind: 'forbidden' } });
    expect(opened).toEqual([]);
  });

  test.each(['offer', 'macros'] as const)(
    '%s is fetched, copied and opened under its name',
    async (mediaId) => {
      const { gate, opened, used } = gateWithFiles(nameOf);
      expect(await gate('media.open', { mediaId })).toEqual({ ok: true, value: {} });
      expect(opened).toEqual([`fetched ${mediaId}`, `put ${nameOf[mediaId]}`, `opened ${nameOf[mediaId]}`]);
      // Files that nobody has looked at for longest leave first.
      expect(used).toEqual([mediaId]);
    },
  );

  test('one that is not known is not there', async () => {
    const { gate } = gateWithFiles(nameOf);
    expect(await gate('media.open', { mediaId: 'gone' })).toMatchObject({ error: { kind: 'not_found' } });
  });
});

function gateWithFiles(names: Record<string, string>) {
  const opened: string[] = [];
  const used: string[] = [];
  const write = { mediaUsed: async ({ id }: { id: string }) => void used.push(id) };
  const media = async ({ id }: { id: string }) => {
    const fileName = names[id];
    return fileName === undefined
      ? null
      : { media: { id, fileName, mimeType: 'application/pdf', size: 3, sha256: null }, state: 'remote' };
  };
  const sync = {
    fetchMedia: async (id: string) => void opened.push(`fetched ${id}`),
    readMedia: async () => ({ bytes: () => [] }),
  };
  const gate = createGate({
    handlers,
    context: {
      state: () => ({ phase: 'ready' }),
      ready: () => ({ cache: { read: { media }, write }, sync }),
      now: () => 1,
      openedFiles: {
        put: async (name: string) => {
          opened.push(`put ${name}`);
          return name;
        },
      },
      shell: { openFile: async (file: string) => void opened.push(`opened ${file}`) },
    } as unknown as Context,
    checkOutputs: true,
    log: logTo({ write: () => undefined }),
  });
  return { gate, opened, used };
}

/** A gate whose handlers only note that they were reached. */
function bareGate(phase: Phase) {
  const reached: string[] = [];
  const noting = Object.fromEntries(
    names.map((name) => [name, async () => void reached.push(name)]),
  ) as unknown as Handlers;
  const gate = createGate({
    handlers: noting,
    context: { state: () => ({ phase }) } as unknown as Context,
    checkOutputs: false,
    log: logTo({ write: () => undefined }),
  });
  return { gate, reached };
}

function gateWith(handler: Handlers['app.state'], lines: string[] = []) {
  return createGate({
    handlers: { ...handlers, 'app.state': handler },
    context: { state: () => ({ phase: 'starting' }) } as unknown as Context,
    checkOutputs: true,
    log: logTo({ write: (line: string) => void lines.push(line) }),
  });
}

function realGate(opened: string[]) {
  const shell = { openLink: async (url: string) => void opened.push(url) };
  const gate = createGate({
    handlers,
    context: { state: () => ({ phase: 'ready' }), shell } as unknown as Context,
    checkOutputs: true,
    log: logTo({ write: () => undefined }),
  });
  return { gate };
}
