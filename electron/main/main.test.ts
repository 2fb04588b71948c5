/** Electron's own files as far as they can be checked without its binary: against a module that records what it is asked. */
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BrowserWindow as RealWindow, IpcMainInvokeEvent, Session, WebContents } from 'electron';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../shared/contract/frames.ts';
import * as electron from '../../test/support/fake-electron.ts';
import type { Application } from '../app/application.ts';
import { KNOWN_FLAGS } from '../app/flags.ts';
import { logTo } from '../app/log.ts';
import { pageFiles } from '../app/page-files.ts';
import type { UploadTarget } from '../app/uploads.ts';
import { wordsFor } from '../app/words.ts';
import { APP_URL, isOwnAddress } from './address.ts';
import { ownArguments } from './arguments.ts';
import { conversationOfLink, linkOf } from './deep-link.ts';
import { startGatewayUtility } from './gateway.ts';
import { connectPage } from './ipc.ts';
import { guardNavigation, refuseNetwork } from './navigation.ts';
import { decidePermissions } from './permissions.ts';
import { answer, registerScheme, serveOwnScheme } from './protocol.ts';
import { electronShell } from './shell.ts';
import { createTray } from './tray.ts';
import { trayIcon } from './tray-icon.ts';
import { openWindow } from './window.ts';

vi.mock('electron', () => import('../../test/support/fake-electron.ts'));

const { asked } = electron;
const silent = logTo({ write: () => undefined });
const noUpload: UploadTarget = () => Promise.reject(new Error('not here'));
const STRANGERS = [
  'https://evil.example/',
  'http://127.0.0.1/',
  'file:///etc/passwd',
  'parley-app://main.evil/',
  'parley-app://evil/',
  'parley-app://main@evil/',
  'parley-app://user@main/',
  'parley-app:main',
  'parley-appx://main/',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  '',
];

describe('the address', () => {
  test.each(['parley-app://main/', 'parley-app://main/index.html', 'parley-app://main/?a#b'])(
    '%s is ours',
    (url) => {
      expect(isOwnAddress(url)).toBe(true);
    },
  );
  test.each(STRANGERS)('%j is not', (url) => {
    expect(isOwnAddress(url)).toBe(false);
  });
});

describe('the window', () => {
  test('is sandboxed, isolated, and has no Node, no webview and no way round same-origin', async () => {
    const session = new electron.FakeSession() as unknown as Session;
    const window = (await openWindow({
      session,
      preload: '/out/preload.cjs',
      devTools: false,
    })) as unknown as {
      shown: boolean;
    } & RealWindow;
    const options = asked.windows.at(-1) as { webPreferences: Record<string, unknown> };
    expect(options.webPreferences).toMatchObject({
      preload: '/out/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      devTools: false,
    });
    expect(options.webPreferences.session).toBe(session);
    expect(options.webPreferences).not.toHaveProperty('enableBlinkFeatures');
    expect(asked.loaded).toEqual(['parley-app://main/']);
    expect(window.shown).toBe(true);
  });

  test('keeps its own title', async () => {
    const session = new electron.FakeSession() as unknown as Session;
    const window = await openWindow({ session, preload: '/p', devTools: false });
    const preventDefault = vi.fn<() => void>();
    window.emit('page-title-updated', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });
});

describe('navigation', () => {
  const contents = new electron.FakeContents();
  guardNavigation(contents as unknown as WebContents);

  function leads(event: string, url: string): boolean {
    const preventDefault = vi.fn<() => void>();
    contents.emit(event, { url, preventDefault });
    return preventDefault.mock.calls.length === 0;
  }

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    '%s leads to our page only',
    (event) => {
      expect(leads(event, 'parley-app://main/index.html')).toBe(true);
      for (const url of STRANGERS) expect([url, leads(event, url)]).toEqual([url, false]);
    },
  );

  test('no second window, not even of our page', () => {
    for (const url of [...STRANGERS, 'parley-app://main/']) {
      expect(contents.windowOpenHandler?.({ url })).toEqual({ action: 'deny' });
    }
  });

  test('no webview', () => {
    const preventDefault = vi.fn<() => void>();
    contents.emit('will-attach-webview', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  test.each([
    ['parley-app://main/a.js', false],
    ['blob:parley-app://main/1', false],
    ['https://evil.example/', true],
    ['http://127.0.0.1:1/', true],
    ['ws://127.0.0.1/', true],
    ['file:///etc/passwd', true],
    ['devtools://devtools/x', true],
    ['nonsense', true],
  ])('a request to %s: cancelled %s', (url, cancel) => {
    const session = new electron.FakeSession();
    refuseNetwork(session as unknown as Session, { devTools: false });
    const answered = vi.fn<(answer: unknown) => void>();
    session.handlers.request?.(...([{ url }, answered] as never[]));
    expect(answered).toHaveBeenCalledWith({ cancel });
  });
});

describe('permissions', () => {
  test.each(['media', 'geolocation', 'clipboard-read', 'fileSystem', 'openExternal', 'unknown', 'new'])(
    '%s is denied when asked and when checked',
    (permission) => {
      const session = new electron.FakeSession();
      decidePermissions(session as unknown as Session);
      const granted = vi.fn<(granted: boolean) => void>();
      const details = { isMainFrame: true, requestingUrl: APP_URL, mediaTypes: ['video', 'audio'] };
      session.handlers.ask?.(...([null, permission, granted, details] as never[]));
      expect(granted).toHaveBeenCalledWith(false);
      expect(
        session.handlers.check?.(
          ...([null, permission, APP_URL, { isMainFrame: true, mediaType: 'video' }] as never[]),
        ),
      ).toBe(false);
      expect(session.handlers.device?.(...([{}] as never[]))).toBe(false);
    },
  );
});

describe('what the page needs', () => {
  const session = new electron.FakeSession();
  decidePermissions(session as unknown as Session);

  function ask(permission: string, details: object): boolean | undefined {
    const granted = vi.fn<(granted: boolean) => void>();
    session.handlers.ask?.(...([null, permission, granted, details] as never[]));
    return granted.mock.calls[0]?.[0];
  }
  const own = { isMainFrame: true, requestingUrl: APP_URL };

  test('sound and notifications, for our own page alone', () => {
    expect(ask('media', { ...own, mediaTypes: ['audio'] })).toBe(true);
    expect(ask('notifications', own)).toBe(true);
    for (const url of STRANGERS) {
      const details = { isMainFrame: true, requestingUrl: url, mediaTypes: ['audio'] };
      expect([url, ask('media', details)]).toEqual([url, false]);
      expect([url, ask('notifications', details)]).toEqual([url, false]);
      const check = [null, 'media', url, { isMainFrame: true, mediaType: 'audio' }] as never[];
      expect([url, session.handlers.check?.(...check)]).toEqual([url, false]);
    }
  });

  test('no picture, also not together with sound, and nothing in a frame', () => {
    expect(ask('media', { ...own, mediaTypes: ['video'] })).toBe(false);
    expect(ask('media', { ...own, mediaTypes: ['audio', 'video'] })).toBe(false);
    expect(ask('media', { ...own, mediaTypes: [] })).toBe(false);
    expect(ask('media', own)).toBe(false);
    expect(ask('media', { ...own, isMainFrame: false, mediaTypes: ['audio'] })).toBe(false);
    const check = (mediaType: string) =>
      session.handlers.check?.(...([null, 'media', APP_URL, { mediaType }] as never[]));
    expect([check('audio'), check('video'), check('unknown')]).toEqual([true, false, false]);
  });
});

describe('links to a conversation', () => {
  const id = '01890000-0000-7000-8000-000000000001';
  test.each([`parley://conversation/${id}`, `PARLEY://conversation/${id}/`])('%s leads there', (link) => {
    expect(conversationOfLink(link)).toBe(id);
  });
  test.each([
    '',
    'parley://',
    'parley://conversation/',
    `parley://conversation/${id}?x=1`,
    `parley://conversation/${id}#x`,
    `parley://conversation/${id}/../other`,
    `parley://conversation/%2e%2e`,
    `parley://user@conversation/${id}`,
    `parley://conversation:80/${id}`,
    `parley://conversations/${id}`,
    `parley-app://main/conversation/${id}`,
    `https://conversation/${id}`,
    ` parley://conversation/${id}`,
    `parley://conversation/${id}\n--gateway`,
    `parley://conversation/${'x'.repeat(129)}`,
  ])('%j is none', (link) => {
    expect(conversationOfLink(link)).toBeNull();
  });
  test('are found on a command line', () => {
    expect(linkOf(['parley', '--allow-file-access', `parley://conversation/${id}`])).toBe(id);
    expect(linkOf(['parley', 'parley://evil'])).toBeNull();
  });
});

describe('the tray', () => {
  test('has a picture that is a PNG', () => {
    const icon = trayIcon();
    expect(icon.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect(icon.readUInt32BE(16)).toBe(32);
  });

  test('opens, quits, keeps quiet for an hour and ends that, and shows the count', () => {
    const open = vi.fn<() => void>();
    const quit = vi.fn<() => void>();
    const doNotDisturb = vi.fn<(until: number | null) => void>();
    const tray = createTray({
      open,
      quit,
      doNotDisturb,
      words: () => wordsFor('en', 'en'),
      now: () => 1_000,
    });
    const made = electron.Tray.last;
    const click = (label: string) => made?.menu.find((item) => item.label === label)?.click?.();
    click('Open Parley');
    made?.emit('click');
    expect(open).toHaveBeenCalledTimes(2);
    click('Do not disturb for 1 hour');
    expect(doNotDisturb).toHaveBeenLastCalledWith(3_601_000);
    click('End do not disturb');
    expect(doNotDisturb).toHaveBeenLastCalledWith(null);
    click('Quit');
    expect(quit).toHaveBeenCalledOnce();
    tray?.setCount(4);
    expect([made?.tip, made?.title]).toEqual(['Parley (4)', '4']);
    tray?.setCount(0);
    expect([made?.tip, made?.title]).toEqual(['Parley', '']);
  });
});

describe('the protocol', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'parley-protocol-'));
    await mkdir(path.join(folder, 'page'));
    await writeFile(path.join(folder, 'secret.js'), 'secret');
    await writeFile(path.join(folder, 'page', 'index.html'), '<!doctype html>');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const get = (url: string, method = 'GET') =>
    answer(
      { url, method, headers: new Headers() },
      { page: pageFiles(path.join(folder, 'page')), media: async () => null, upload: noUpload },
    );

  test('is an origin of its own, without service workers and without a way round the CSP', () => {
    registerScheme();
    expect(asked.schemes).toHaveLength(1);
    expect(asked.schemes[0]).toMatchObject({
      scheme: 'parley-app',
      privileges: { standard: true, secure: true },
    });
    const privileges = asked.schemes[0]?.privileges ?? {};
    for (const name of ['bypassCSP', 'allowServiceWorkers', 'corsEnabled', 'allowExtensions']) {
      expect(privileges[name] ?? false).toBe(false);
    }
  });

  test('serves the page under a strict CSP', async () => {
    const response = await get('parley-app://main/');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>');
    const csp = response.headers.get('Content-Security-Policy') ?? '';
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("script-src 'self'");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).not.toMatch(/unsafe|\*|https?:|ws:|data:/);
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  test.each([
    'parley-app://main/../secret.js',
    'parley-app://main/..%2fsecret.js',
    'parley-app://main/%2e%2e/secret.js',
    'parley-app://main/..%5csecret.js',
    'parley-app://main//etc/passwd',
    'parley-app://main/etc/passwd',
    'parley-app://main/page/../../secret.js',
    'parley-app://evil/',
    'parley-app://main/media/none',
    'parley-app://main/media/..%2f..%2fkey',
  ])('%s leads nowhere', async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  test('only reads', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await get('parley-app://main/', method)).status).toBe(405);
    }
  });

  test('takes a file that is to be sent, from our own page only', async () => {
    const taken: string[] = [];
    const upload: UploadTarget = async ({ contentType, fileName, body }) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of body) pieces.push(piece);
      taken.push(`${contentType} ${fileName} ${Buffer.concat(pieces).toString()}`);
      return { status: 201, body: { kind: 'internal', message: 'stands for a file' } };
    };
    const put = (headers: Record<string, string>, method = 'POST') => {
      const { body } = new Request('https://x/', { method: 'POST', body: 'bytes' });
      const request = { url: 'parley-app://main/upload', method, headers: new Headers(headers), body };
      return answer(request, { page: () => null, media: async () => null, upload });
    };
    const own = { origin: 'parley-app://main', 'content-type': 'image/png', 'x-file-name': 'a.png' };
    expect((await put(own)).status).toBe(201);
    expect(taken).toEqual(['image/png a.png bytes']);
    expect((await put({ ...own, origin: 'https://evil.example' })).status).toBe(403);
    expect((await put({ 'content-type': 'image/png' })).status).toBe(403);
    expect((await put(own, 'GET')).status).toBe(405);
    expect(taken).toHaveLength(1);
  });

  test('serves files of messages by id, in pieces too', async () => {
    const session = new electron.FakeSession();
    const bytes = async function* (start: number, end: number) {
      yield Buffer.from('0123456789').subarray(start, end);
    };
    serveOwnScheme(session as unknown as Session, {
      page: pageFiles(path.join(folder, 'page')),
      media: async (id) => (id === 'one' ? { mimeType: 'video/mp4', fileName: null, size: 10, bytes } : null),
      upload: noUpload,
    });
    const request = new Request('https://x/', { headers: { range: 'bytes=2-4' } });
    const own = { url: 'parley-app://main/media/one', method: 'GET', headers: request.headers };
    const response = (await session.handlers['parley-app']?.(...([own] as never[]))) as Response;
    expect(response.status).toBe(206);
    expect(await response.text()).toBe('234');
  });
});

describe('calls over IPC', () => {
  const contents = new electron.FakeContents();
  const calls: unknown[][] = [];
  let tell: (event: string, data: unknown) => void = () => undefined;
  const application = {
    call: async (...args: unknown[]) => {
      calls.push(args);
      return { ok: true, value: 1 };
    },
    onEvent: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
  } as unknown as Application;
  beforeAll(() => void connectPage(contents as unknown as WebContents, application, silent));

  type Frame = { parent: object | null; origin: string; url: string };
  const own: Frame = { parent: null, origin: 'parley-app://main', url: 'parley-app://main/' };
  const invoke = (frame: Frame | null, name: unknown, input: unknown, sender: object = contents) =>
    electron.ipcMain.invoke(
      CALL_CHANNEL,
      { sender, senderFrame: frame } as unknown as IpcMainInvokeEvent,
      name,
      input,
    );

  test('our page reaches the gate', async () => {
    expect(await invoke(own, 'app.state', {})).toEqual({ ok: true, value: 1 });
    expect(calls).toEqual([['app.state', {}]]);
  });

  test.each([
    ['another window', own, new electron.FakeContents()],
    ['a frame that is gone', null, contents],
    ['a frame inside of the page', { ...own, parent: {} }, contents],
    ['another origin', { ...own, origin: 'https://evil.example' }, contents],
    ['an opaque origin', { ...own, origin: 'null' }, contents],
    ['another address', { ...own, url: 'https://evil.example/' }, contents],
  ])('%s is refused before anything is looked at', async (_what, frame, sender) => {
    calls.length = 0;
    const result = await invoke(frame, 'app.state', {}, sender);
    expect(result).toMatchObject({ ok: false, error: { kind: 'forbidden_sender' } });
    expect(calls).toEqual([]);
  });

  test('a name that is no text is an unknown call', async () => {
    for (const name of [null, 7, {}, ['app.state']]) {
      expect(await invoke(own, name, {})).toMatchObject({ ok: false, error: { kind: 'unknown_call' } });
    }
  });

  test('events go to the page on their one channel, and none to a page that is gone', () => {
    asked.sent.length = 0;
    tell('app.state', { phase: 'locked' });
    contents.destroyed = true;
    tell('app.state', { phase: 'locked' });
    expect(asked.sent).toEqual([[EVENT_CHANNEL, 'app.state', { phase: 'locked' }]]);
  });
});

describe('the shell', () => {
  const clicked = vi.fn<(id: string | null) => void>();
  const focus = vi.fn<() => void>();
  const counted = vi.fn<(count: number) => void>();
  const shell = electronShell({ clicked, focus, counted });

  test('gives a secret back through the asynchronous calls', async () => {
    const secret = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
    const wrapped = await shell.keychain.wrap(secret);
    expect(Buffer.from(wrapped).equals(secret)).toBe(false);
    expect((await shell.keychain.unwrap(wrapped)).secret).toEqual(Buffer.from(secret));
    electron.safeStorage.state.reEncrypt = true;
    expect((await shell.keychain.unwrap(wrapped)).rewrap).toBe(true);
  });

  test.skipIf(process.platform !== 'linux')(
    'names the backend, and says which one protects nothing',
    async () => {
      expect(await shell.keychain.status()).toEqual({
        available: true,
        backend: 'gnome_libsecret',
        weak: false,
      });
      electron.safeStorage.state.backend = 'basic_text';
      expect(await shell.keychain.status()).toEqual({ available: true, backend: 'basic_text', weak: true });
      electron.safeStorage.state.available = false;
      expect(await shell.keychain.status()).toMatchObject({ available: false });
    },
  );

  test('uses none of the synchronous calls that Electron 46 removes', () => {
    const source = readFileSync(new URL('./shell.ts', import.meta.url), 'utf8');
    expect(source).not.toMatch(
      /\b(encryptString|decryptString|isEncryptionAvailable|setUsePlainTextEncryption)\(/,
    );
  });

  test('notifies, counts, opens links, and tells of sleep', async () => {
    expect(shell.notify({ title: 'New message', body: '', conversationId: 'c' })).toBe(true);
    // The page plays the sound, or nobody does.
    expect(asked.notified.at(-1)).toEqual({ title: 'New message', body: '', silent: true });
    electron.Notification.last?.emit('click');
    expect(clicked).toHaveBeenCalledWith('c');
    shell.setBadge(3);
    expect(asked.badge).toEqual([3]);
    expect(counted).toHaveBeenCalledWith(3);
    shell.focusWindow();
    expect(focus).toHaveBeenCalledOnce();
    expect(shell.locale()).toBe('de-AT');
    await shell.openLink('https://example.org/');
    expect(asked.opened).toEqual(['https://example.org/']);
    await shell.openFile('/opened/offer.pdf');
    expect(asked.opened.at(-1)).toBe('/opened/offer.pdf');
    await expect(shell.openFile('/opened/offer.unknown')).rejects.toThrow('no program');
    const power = vi.fn<(event: string) => void>();
    const stop = shell.onPower(power);
    electron.powerMonitor.emit('suspend');
    electron.powerMonitor.emit('resume');
    electron.powerMonitor.emit('lock-screen');
    electron.powerMonitor.emit('unlock-screen');
    stop();
    electron.powerMonitor.emit('resume');
    expect(power.mock.calls).toEqual([['suspend'], ['resume'], ['lock'], ['unlock']]);
  });
});

describe('the demo gateway', () => {
  const ready = {
    url: 'http://127.0.0.1:1',
    webhookUrl: 'http://127.0.0.1:1/w',
    webhookSecret: 's',
    verifyToken: 'v',
    demo: null,
  };

  test('runs as a utility process and says where it is', async () => {
    const gateway = startGatewayUtility({ dataDir: '/data', seed: 'empty' });
    electron.utility.last?.stdout.write(`${JSON.stringify(ready).slice(0, 20)}`);
    electron.utility.last?.stdout.write(`${JSON.stringify(ready).slice(20)}\n`);
    expect(await gateway.ready).toEqual(ready);
    const forked = asked.forked.at(-1);
    expect(forked?.file).toMatch(/gateway[/\\]cli\.ts$/);
    expect(forked?.args).toEqual(
      expect.arrayContaining(['--data-dir', '/data', '--seed', 'empty', '--port', '0']),
    );
    // A utility process has no stdin to watch.
    expect(forked?.args).not.toContain('--parent-watch');
    await gateway.stop();
  });

  test('that ends at once, or says something else, is an error', async () => {
    const ended = startGatewayUtility({ dataDir: '/data', seed: 'demo' }).ready;
    electron.utility.last?.emit('exit', 1);
    await expect(ended).rejects.toThrow(/ended before/);
    const odd = startGatewayUtility({ dataDir: '/data', seed: 'demo' }).ready;
    electron.utility.last?.stdout.write('hello\n');
    await expect(odd).rejects.toThrow(/something else/);
  });
});

describe('our words on the command line', () => {
  const known = KNOWN_FLAGS;
  test.each([
    [['electron', '--no-sandbox', 'out/main/entry.js', '--seed', 'demo'], false, ['--seed', 'demo']],
    [['electron', 'out/main/entry.js'], false, []],
    [['electron'], false, []],
    [
      ['parley', '--no-sandbox', '--gateway', 'https://gw.example', '-psn_0', '--json'],
      true,
      ['--gateway', 'https://gw.example', '--json'],
    ],
    [['parley', '--inspect=0', '--user-data=/x'], true, ['--user-data=/x']],
  ])('%j', (argv, packaged, own) => {
    expect(ownArguments(argv, { packaged, known })).toEqual(own);
  });
});
