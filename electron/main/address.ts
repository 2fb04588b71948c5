/** The page's own address under Electron: a scheme of ours, so that the page is neither a file nor reachable by anybody else. */

export const APP_SCHEME = 'parley-app';
export const APP_HOST = 'main';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_URL = `${APP_ORIGIN}/`;

/** Whether an address is within our page. Parsed, never compared by its beginning: `parley-app://main.evil` is not ours. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  );
}
