/** The desktop: keychain, notifications, tray, the demo gateway's process. As far as it can be checked without Electron's binary: against a module that records what it is asked. */
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import * as electron from '../../test/support/fake-electron.ts';
import { wordsFor } from '../app/words.ts';
import { startGatewayUtility } from './gateway.ts';
import { electronShell } from './shell.ts';
import { createTray } from './tray.ts';
import { trayIcon } from './tray-icon.ts';

vi.mock('electron', () => import('../../test/support/fake-electron.ts'));

const { asked } = electron;

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
