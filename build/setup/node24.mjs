// Finds a Node that can run Parley: it must strip types by itself, and the cache's addon needs Node-API 10, on anything older
// it kills the process when a database is opened.
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { SetUpError } from './children.mjs';
import { modules } from './paths.mjs';

/**
 * @param {{ napi?: string | undefined; node: string }} versions
 * @returns {boolean}
 */
export function canRunParley(versions) {
  return Number(versions.napi ?? 0) >= 10 && Number(versions.node.split('.')[0]) >= 24;
}

/** @returns {string} the path of its executable */
export function findNode24() {
  if (canRunParley(process.versions)) return process.execPath;
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const candidates = [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`].map((folder) =>
    path.join(modules, folder, 'bin', name),
  );
  const found = candidates.find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new SetUpError(
    `Parley needs Node 24 or newer. This is Node ${process.versions.node}, and the registry has no ready-made Node 24 for ` +
      `${process.platform}-${process.arch}. Install Node 24 from https://nodejs.org and run the command again.`,
  );
}
