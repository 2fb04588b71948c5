// Where things are. Imported before anything is installed: only Node's own modules, nothing newer than Node 20.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const modules = path.join(root, 'node_modules');
export const out = path.join(root, 'out');
export const pageFolder = path.join(out, 'renderer');
/** What set-up remembers between runs; git ignores it. */
export const memory = path.join(root, '.cache');
