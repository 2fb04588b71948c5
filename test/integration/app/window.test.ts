/** The app window: a real Chromium, without a display. Skipped, saying so, where none is installed. */
import { existsSync } from 'node:fs';
import { chmod, readFile, readdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scratch, spawnApp } from '../../support/app-process.ts';

const CHROMIUM = [process.env.PARLEY_CHROMIUM, '/usr/bin/chromium'].find(
  (file) => file !== undefined && existsSync(file),
);
if (CHROMIUM === undefined) console.log('skipped: no Chromium is installed (PARLEY_CHROMIUM)');
const possible = CHROMIUM !== undefined && process.platform !== 'win32';

let place: Awaited<ReturnType<typeof scratch>>;
beforeEach(async () => {
  place = await scratch();
});
afterEach(() => place.remove());

/** A page that does what ours does: exchange the token, open the socket. */
async function writePage(): Promise<void> {
  await writeFile(
    path.join(place.pageFolder, 'index.html'),
    '<!doctype html><script type="module" src="./page.js"></script>',
  );
  await writeFile(
    path.join(place.pageFolder, 'page.js'),
    `const token = new URLSearchParams(location.hash.slice(1)).get('token');
     await fetch('/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) });
     localStorage.setItem('kept', 'a word of a customer');
     new WebSocket('ws://' + location.host + '/contract');`,
  );
}

function goneIsNothing(error: NodeJS.ErrnoException): Buffer {
  if (error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
}

/** Chromium without a display, noting its process and the words that it was started with. */
async function wrapper(): Promise<string> {
  const file = path.join(path.dirname(place.userData), 'chromium.sh');
  await writeFile(
    file,
    `#!/bin/sh\necho $$ > "$0.pid"\necho "$@" > "$0.args"\nexec "${CHROMIUM}" --headless=new "$@"\n`,
  );
  await chmod(file, 0o755);
  return file;
}

test.skipIf(!possible)(
  'is led to the page, says why it is not Electron, and ends the application when it is closed',
  async () => {
    await writePage();
    const chromium = await wrapper();
    const env = { PARLEY_CHROMIUM: chromium, PARLEY_WHY_NOT_ELECTRON: 'Its binary cannot be fetched here.' };
    const args = ['--key', 'file', '--seed', 'empty', '--user-data', place.userData];
    const child = spawnApp(args, { env, pageFolder: place.pageFolder });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = once(child, 'close') as Promise<[number | null]>;
    const log = () => readFile(path.join(place.userData, 'logs', 'parley.log'), 'utf8').catch(() => '');
    await expect.poll(log, { timeout: 40_000 }).toContain('a page connected');

    await expect.poll(() => stderr).toContain('Its binary cannot be fetched here.');
    // Other users of the machine can read a command line: the token is not on it.
    const words = await readFile(`${chromium}.args`, 'utf8');
    expect(words).toContain('--app=http://127.0.0.1:');
    expect(words).not.toContain('token');
    expect(words).toContain(`--user-data-dir=${path.join(place.userData, 'browser')}`);

    process.kill(Number(await readFile(`${chromium}.pid`, 'utf8')), 'SIGTERM');
    expect((await ended)[0]).toBe(0);
    // The profile keeps nothing of what the page had.
    const profile = await readdir(path.join(place.userData, 'browser'), {
      recursive: true,
      withFileTypes: true,
    });
    for (const entry of profile.filter((it) => it.isFile())) {
      // What Chromium tidies away meanwhile is not kept.
      const bytes = await readFile(path.join(entry.parentPath, entry.name)).catch(goneIsNothing);
      expect([entry.name, bytes.includes('a word of a customer')]).toEqual([entry.name, false]);
      expect([entry.name, bytes.includes(Buffer.from('a word of a customer', 'utf16le'))]).toEqual([
        entry.name,
        false,
      ]);
    }
  },
);

test('without a Chromium it says what to do', async () => {
  const child = spawnApp(['--key', 'file', '--seed', 'empty', '--user-data', place.userData], {
    env: { PARLEY_CHROMIUM: '' },
    pageFolder: place.pageFolder,
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(1);
  expect(stderr).toContain('No Chromium was found');
});

test('a Chromium that does not start is said, with its own last words', async () => {
  const chromium = path.join(path.dirname(place.userData), 'broken.sh');
  await writeFile(
    chromium,
    '#!/bin/sh\necho "[1:1:ERROR:x.cc(1)] Missing X server or \\$DISPLAY" >&2\nexit 1\n',
  );
  await chmod(chromium, 0o755);
  const child = spawnApp(['--key', 'file', '--seed', 'empty', '--user-data', place.userData], {
    env: { PARLEY_CHROMIUM: chromium },
    pageFolder: place.pageFolder,
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  expect(((await once(child, 'close')) as [number | null])[0]).toBe(1);
  expect(stderr).toContain('The window did not open. Chromium ended at once: Missing X server or $DISPLAY');
  expect(stderr).toContain('--no-window');
});
