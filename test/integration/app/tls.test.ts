/** A gateway behind real TLS: what its profile promises about the version is held by the connection, from the first packet that can know. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { WASMS } from '../../../shared/policies/wasms.ts';
import { type AppProcess, scratch, startApp } from '../../support/app-process.ts';
import { certificate } from '../../support/certificate.ts';
import { type Kit, PASSWORD, startKit } from '../../support/gateway-kit.ts';
import { inbox, online } from '../../support/page-steps.ts';

type Front = {
  url: string;
  /** Versions of the handshakes that came about, in their order. */
  spoken: string[];
  /** Handshakes that did not. */
  refused(): number;
  close(): Promise<void>;
};

/** Ends TLS of at most this version, and passes on to the gateway. */
async function front(
  gateway: string,
  pair: { key: string; cert: string },
  maxVersion: tls.SecureVersion,
  port = 0,
): Promise<Front> {
  const spoken: string[] = [];
  const sockets = new Set<net.Socket>();
  let refused = 0;
  const server = tls.createServer({ ...pair, maxVersion }, (socket) => {
    spoken.push(socket.getProtocol() ?? '');
    const behind = net.connect(Number(new URL(gateway).port), '127.0.0.1');
    for (const each of [socket, behind]) {
      sockets.add(each);
      each.on('error', () => undefined);
      each.on('close', () => {
        socket.destroy();
        behind.destroy();
      });
    }
    socket.pipe(behind).pipe(socket);
  });
  server.on('tlsClientError', () => (refused += 1));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoken,
    refused: () => refused,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

let end: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of end.toReversed()) await close();
  end = [];
});

test('R004-6: a gateway that promises TLS 1.3 and speaks 1.2 is refused, after a restart from the first packet; with 1.3 all is well', async (context) => {
  let pair: { key: string; cert: string };
  try {
    pair = certificate();
  } catch {
    return context.skip('there is no openssl here to make a certificate with');
  }
  const place = await scratch();
  end.push(() => place.remove());
  const kit: Kit = await startKit();
  end.push(() => kit.close());
  kit.gateway.store.catalogue.setPolicy(kit.ws, { ...WASMS, effectiveAt: 0 });
  kit.inbound('491701', 'here before');
  let gateway = await front(kit.gateway.url, pair, 'TLSv1.2');
  end.push(() => gateway.close());
  const ca = path.join(path.dirname(place.pageFolder), 'ca.pem');
  await writeFile(ca, pair.cert);
  const start = async (): Promise<AppProcess> => {
    const args = ['--key', 'file', '--user-data', place.userData, '--gateway', gateway.url];
    const app = await startApp(args, { pageFolder: place.pageFolder, env: { NODE_EXTRA_CA_CERTS: ca } });
    end.push(async () => {
      await app.stop();
    });
    return app;
  };

  const first = await start();
  let page = await first.page();
  // Nothing is known about this address yet; with its first words the gateway says what it promises.
  await page.call('session.signIn', {
    gateway: gateway.url,
    email: kit.owner.email,
    password: PASSWORD,
    totp: null,
  });
  const refusal = () => page.call('connection.refusal', {});
  await expect.poll(refusal, { timeout: 90_000 }).toEqual({ tls: { spoken: 'TLSv1.2', promised: '1.3' } });
  kit.inbound('491702', 'came afterwards');
  await page.call('connection.retry', {});
  await expect.poll(() => gateway.refused(), { timeout: 90_000 }).toBeGreaterThan(0);
  expect((await inbox(page)).some((row) => JSON.stringify(row).includes('came afterwards'))).toBe(false);
  const checks = await page.call('security.check', {});
  expect(checks.find(({ subject }) => subject === 'connection')).toMatchObject({
    verdict: 'bad',
    reason: 'tls_too_old',
  });
  const cipher = checks.find(({ subject }) => subject === 'cipher');
  expect(cipher).toMatchObject({ verdict: 'good' });
  expect(cipher?.values.join(' ')).toMatch(/AES-256/u);

  // The floor is known before anything is sent: not one handshake of the connection comes about.
  await first.stop();
  const before = gateway.spoken.length;
  const again = gateway.refused();
  const second = await start();
  page = await second.page();
  await expect.poll(() => gateway.refused(), { timeout: 90_000 }).toBeGreaterThan(again);
  expect(gateway.spoken.slice(before)).toEqual([]);

  const { port } = new URL(gateway.url);
  await gateway.close();
  gateway = await front(kit.gateway.url, pair, 'TLSv1.3', Number(port));
  await page.call('connection.retry', {});
  await online(page);
  expect(new Set(gateway.spoken)).toEqual(new Set(['TLSv1.3']));
  await expect.poll(async () => JSON.stringify(await inbox(page))).toContain('came afterwards');
  expect(await refusal()).toEqual({ tls: null });
});
