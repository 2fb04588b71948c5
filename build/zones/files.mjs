// The files that the checks of this folder read, and a walk over their syntax.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';
import { root } from '../setup/paths.mjs';

/** The top-level folders that hold sources. */
export const tops = ['shared', 'electron', 'renderer', 'gateway', 'build', 'test'];

/** @param {RegExp} ending @returns {string[]} paths relative to the root, with forward slashes */
export function sourceFiles(ending) {
  return tops
    .flatMap((top) => {
      try {
        return readdirSync(path.join(root, top), { recursive: true }).map((name) =>
          path.join(top, String(name)),
        );
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return [];
        throw error;
      }
    })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => ending.test(file) && !file.includes('node_modules/'))
    .sort();
}

/**
 * @typedef {{ type: string; start: number; [key: string]: unknown }} SyntaxNode
 */

/**
 * @param {string} file its name tells the language
 * @param {string} text
 * @returns {SyntaxNode} the program
 */
export function parse(file, text) {
  const { program, errors } = parseSync(file, text);
  const broken = errors.find((error) => error.severity === 'Error');
  if (broken !== undefined) throw new Error(`${file}: ${broken.message}`);
  return /** @type {SyntaxNode} */ (/** @type {unknown} */ (program));
}

/**
 * Visits every node, parents first.
 *
 * @param {unknown} node
 * @param {(node: SyntaxNode) => void} visit
 */
export function walk(node, visit) {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
  } else if (typeof node === 'object' && node !== null) {
    if ('type' in node && typeof node.type === 'string') visit(/** @type {SyntaxNode} */ (node));
    for (const value of Object.values(node)) walk(value, visit);
  }
}

/** @param {string} text @param {number} offset @returns {number} the line, from 1 */
export function lineAt(text, offset) {
  return text.slice(0, offset).split('\n').length;
}
