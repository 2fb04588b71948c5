/**
 * The files of the built page. They are listed once, and only what is on the list is ever served, under exactly the path that it
 * has there: no path of a request is joined to a folder, so none can leave it.
 */
import { type Dirent, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
};

export type PageFile = { type: string; read(): Promise<Uint8Array> };

/** By the path of the address, exactly as it came: `/` is index.html. */
export type PageFiles = (path: string) => PageFile | null;

/** Throws when the folder holds no index.html: the page is not built. */
export function pageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const type = typeOf(entry);
    if (type === null) continue;
    const address = `/${path.relative(folder, file).split(path.sep).map(encodeURIComponent).join('/')}`;
    files.set(address, { type, read: () => readFile(file) });
  }
  const index = files.get('/index.html');
  if (index === undefined)
    throw new Error(`no index.html in ${folder}: build the page first (npm run build)`);
  files.set('/', index);
  return (address) => files.get(address) ?? null;
}

/** Links are not followed, and source maps and whatever else lies there are not served. */
function typeOf(entry: Dirent): string | null {
  return entry.isFile() ? (TYPES[path.extname(entry.name).toLowerCase()] ?? null) : null;
}
