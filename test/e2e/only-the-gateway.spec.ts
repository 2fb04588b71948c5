/** What is written and read goes to the gateway and to nobody else: no preview of a link, no telemetry, no report of a crash. */
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { personOf } from './fixtures/kit.ts';
import { root } from './fixtures/program.ts';
import { inbox, openView, send, signIn } from './fixtures/screens.ts';
import { expect, test } from './fixtures/test.ts';

const FROM = '4915155504';
const SECRET = 'quagmarzipan';

test('R003-1: no content leaves except to the gateway, and no log has it, also after errors', async ({
  launch,
  kit,
  folder,
}, info) => {
  test.skip(info.project.name === 'electron', 'the process is looked into over loopback only');
  const visits: string[] = [];
  const trap = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.end('seen');
  });
  await new Promise<void>((resolve) => {
    trap.listen(0, '127.0.0.1', resolve);
  });
  const elsewhere = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  const seen = path.join(await folder('network'), 'connections.txt');
  try {
    kit.inbound(FROM, `${SECRET} look at ${elsewhere}/lamp-${SECRET} and https://shop.example/lamp`);
    const desktop = await launch({
      gateway: kit.gateway.url,
      env: {
        NODE_OPTIONS: `--import ${pathToFileURL(path.join(root, 'test/support/network-hook.mjs')).href}`,
        PARLEY_NETWORK_LOG: seen,
      },
    });
    const { page } = desktop;
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(request.url()));
    page.context().on('page', () => asked.push('another page'));
    page.on('websocket', (socket) => asked.push(socket.url()));
    const { row, message } = await signIn(page, personOf(kit.owner));
    await openView(page, 'All');
    await row(SECRET).click();
    await expect(message(SECRET).getByRole('link').first()).toBeVisible();
    await message(SECRET).hover();
    await send(page, `My answer with ${SECRET} and ${elsewhere}/answer`);
    await expect(message('My answer')).toContainText(/Sent|Delivered|Read/u);
    await page
      .getByRole('button', { name: /^Search/u })
      .first()
      .click();
    await page.keyboard.type(SECRET);
    await expect(inbox(page).log).toBeVisible();
    // Something breaks in the page, with words of a customer in its message.
    await page.evaluate((word) => {
      setTimeout(() => {
        throw new Error(`broken by ${word}`);
      });
      void Promise.reject(new Error(`refused by ${word}`));
    }, SECRET);
    await desktop.stop();

    const lines = (await readFile(seen, 'utf8')).trim().split('\n');
    const gateway = new URL(kit.gateway.url).host;
    expect(lines).toContain(`tcp ${gateway}`);
    expect([...new Set(lines)].filter((line) => line !== `tcp ${gateway}`)).toEqual([]);
    const own = new URL(desktop.line.url).host;
    expect(
      asked
        .filter((url) => url !== 'another page')
        .map((url) => new URL(url))
        .filter(({ protocol, host }) => host !== own && protocol !== 'blob:' && protocol !== 'data:')
        .map(String),
    ).toEqual([]);
    expect(asked).not.toContain('another page');
    expect(visits).toEqual([]);
    expect(desktop.log()).not.toContain(SECRET);
    for (const name of await readdir(path.join(desktop.userDataDir, 'logs'))) {
      expect(await readFile(path.join(desktop.userDataDir, 'logs', name), 'utf8')).not.toContain(SECRET);
    }
  } finally {
    trap.closeAllConnections();
    trap.close();
  }
});
