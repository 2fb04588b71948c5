// Whether something built is older than what it was built from: told by the content of the sources, not by their dates.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** @param {string} where file or folder @returns {string[]} files, without tests and notes */
function sourcesIn(where) {
  if (!existsSync(where)) return [];
  if (statSync(where).isFile()) return [where];
  return readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.md$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/**
 * @param {string[]} sources files and folders, relative to the root
 * @returns {string}
 */
export function hashSources(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => sourcesIn(path.join(root, source))).sort()) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} stamp absolute path of the stamp file
 * @param {string} hash
 */
export function isFresh(stamp, hash) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

/**
 * @param {string} stamp
 * @param {string} hash
 */
export function remember(stamp, hash) {
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
