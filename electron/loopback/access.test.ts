import { expect, test } from 'vitest';
import { createAccess } from './access.ts';

const port = 4321;
const host = `127.0.0.1:${port}`;
const origin = `http://${host}`;
const access = () => createAccess({ port, life: 'once' });

test.each([
  [{ host }, null],
  [{ host, origin }, null],
  [{ host, 'sec-fetch-site': 'none' }, null],
  [{ host, 'sec-fetch-site': 'same-origin' }, null],
  [{}, 'host'],
  [{ host: `localhost:${port}` }, 'host'],
  [{ host: `evil.example:${port}` }, 'host'],
  [{ host: '127.0.0.1:1' }, 'host'],
  [{ host: `${host}.evil.example` }, 'host'],
  [{ host, origin: 'null' }, 'origin'],
  [{ host, origin: `https://${host}` }, 'origin'],
  [{ host, origin: 'http://127.0.0.1:1' }, 'origin'],
  [{ host, origin: 'https://evil.example' }, 'origin'],
  [{ host, 'sec-fetch-site': 'cross-site' }, 'site'],
  [{ host, 'sec-fetch-site': 'same-site' }, 'site'],
])('a request with %o: %s', (headers, wrong) => {
  expect(access().stranger(headers, { originRequired: false })).toBe(wrong);
});

test('an upgrade without an Origin is refused', () => {
  expect(access().stranger({ host }, { originRequired: true })).toBe('origin');
});

test('the token works once, a wrong one never, and the cookie is closed to scripts and other sites', () => {
  const one = access();
  expect(one.exchange('')).toBeNull();
  expect(one.exchange(`${one.token}x`)).toBeNull();
  const cookie = one.exchange(one.token);
  expect(cookie).toMatch(/^parley-4321=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(one.exchange(one.token)).toBeNull();
  expect(one.hasCookie({ cookie: `other=1; ${cookie?.split(';')[0]}` })).toBe(true);
  expect(one.hasCookie({ cookie: 'parley-4321=' })).toBe(false);
  expect(one.hasCookie({ cookie: cookie?.replace('4321', '4322') })).toBe(false);
  expect(one.hasCookie({})).toBe(false);
});

test('without a window the token works as long as the process', () => {
  const many = createAccess({ port, life: 'process' });
  expect(many.exchange(many.token)).not.toBeNull();
  expect(many.exchange(many.token)).not.toBeNull();
  expect(many.exchange('x')).toBeNull();
});
