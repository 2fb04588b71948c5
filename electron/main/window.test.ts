/** The window and what it may do. As far as it can be checked without Electron's binary: against a module that records what it is asked. */
import type { BrowserWindow as RealWindow, Session, WebContents } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import * as electron from '../../test/support/fake-electron.ts';
import { APP_URL, isOwnAddress } from './address.ts';
import { guardNavigation, refuseNetwork } from './navigation.ts';
import { decidePermissions } from './permissions.ts';
import { openWindow } from './window.ts';

vi.mock('electron', () => import('../../test/support/fake-electron.ts'));

const { asked } = electron;
const leaving = { mayEnd: () => true, withoutAsking: () => undefined };

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
      leaving,
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
    const window = await openWindow({ session, preload: '/p', devTools: false, leaving });
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
