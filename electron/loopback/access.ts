/**
 * Who may talk to the loopback server: only the page that it served itself, in a browser that had the token of this start.
 * Other pages of the same browser (Origin, Sec-Fetch-Site), names that resolve to 127.0.0.1 (Host) and other users of the machine
 * (token, cookie) are kept out. Cookies do not know ports, so the cookie's name carries it.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * How often the token of the address may be exchanged. `once`: a window was opened with it, and whoever comes second is not that
 * window. `process`: `--no-window`, where the address is printed for the one who started us and scripts may open several pages.
 */
export type TokenLife = 'once' | 'process';

export type Access = {
  token: string;
  /** Null when the request is from here; else what is wrong, for the log. `Origin` is required on upgrades. */
  stranger(headers: IncomingHttpHeaders, options: { originRequired: boolean }): string | null;
  hasCookie(headers: IncomingHttpHeaders): boolean;
  /** The value of Set-Cookie for a right token; null for a wrong or used one. */
  exchange(token: string): string | null;
};

export function createAccess(options: { port: number; life: TokenLife }): Access {
  const host = `127.0.0.1:${options.port}`;
  const origin = `http://${host}`;
  const cookieName = `parley-${options.port}`;
  const token = randomBytes(32).toString('base64url');
  const cookie = randomBytes(32).toString('base64url');
  let used = false;
  return {
    token,
    stranger(headers, { originRequired }) {
      if (headers.host !== host) return 'host';
      if (headers.origin === undefined ? originRequired : headers.origin !== origin) return 'origin';
      const site = headers['sec-fetch-site'];
      return site === undefined || site === 'same-origin' || site === 'none' ? null : 'site';
    },
    hasCookie: (headers) =>
      (headers.cookie ?? '').split(';').some((pair) => {
        const [name, ...value] = pair.trim().split('=');
        return name === cookieName && same(value.join('='), cookie);
      }),
    exchange(given) {
      if ((used && options.life === 'once') || !same(given, token)) return null;
      used = true;
      return `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`;
    },
  };
}

/** In constant time, whatever the lengths. */
function same(given: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(right));
}
