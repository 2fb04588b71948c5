// Rules about sources that no linter of ours can express: which calls the cache must not make, and that layout is logical, so that
// right-to-left works.
import { posix } from 'node:path';
import { lineAt, parse, walk } from './files.mjs';

// Both hand out the database's pages unencrypted (or fail): VACUUM INTO keeps them under the key.
const bannedInCache = new Set(['serialize', 'backup']);

const physicalProperty =
  /^(?:(?:scroll-)?(?:margin|padding)-(?:left|right)|(?:left|right)|border-(?:left|right)(?:-(?:width|style|color))?|border-(?:top|bottom)-(?:left|right)-radius)$/;
const sided = /^(?:text-align|float|clear)$/;
const fourSides = /^(?:(?:scroll-)?(?:margin|padding)|inset|border-(?:width|style|color))$/;

/** @param {string} property @param {string} value @returns {boolean} */
function isPhysical(property, value) {
  if (physicalProperty.test(property)) return true;
  if (sided.test(property)) return /^(?:left|right)\b/.test(value);
  if (!fourSides.test(property)) return false;
  // Only plain values are split here: with functions in it, a shorthand of four is left to the reader.
  const parts = value.replace(/\s*!important$/, '').split(/\s+/);
  return !value.includes('(') && parts.length === 4 && parts[1] !== parts[3];
}

/** @param {string} text @returns {string} the same length, comments blanked */
function withoutComments(text) {
  return text.replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {string[]} one line per physical property in a style sheet
 */
export function physicalCss(file, text) {
  const clean = withoutComments(text);
  return [...clean.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+?)\s*(?=[;}])/g)].flatMap((match) => {
    const [, property = '', value = ''] = match;
    if (!isPhysical(property, value)) return [];
    return [
      `${file}:${lineAt(text, match.index)}: '${property}: ${value}' is physical; use the logical property`,
    ];
  });
}

/** @param {string} name camelCase @returns {string} */
function cssName(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** @param {unknown} node @returns {string} */
function nameOf(node) {
  if (typeof node !== 'object' || node === null) return '';
  if ('name' in node && typeof node.name === 'string') return node.name;
  return 'value' in node && typeof node.value === 'string' ? node.value : '';
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {string[]} one line per physical property in a `style` attribute
 */
export function physicalStyles(file, text) {
  /** @type {string[]} */
  const found = [];
  walk(parse(file, text), (node) => {
    if (node.type !== 'JSXAttribute' || nameOf(node.name) !== 'style') return;
    walk(node.value, (inner) => {
      if (inner.type !== 'Property') return;
      const property = cssName(nameOf(inner.key));
      if (!isPhysical(property, nameOf(inner.value))) return;
      found.push(`${file}:${lineAt(text, inner.start)}: '${property}' is physical; use the logical property`);
    });
  });
  return found;
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {string[]} one line per call that would let plaintext out of the cache
 */
export function leakingCalls(file, text) {
  /** @type {string[]} */
  const found = [];
  walk(parse(file, text), (node) => {
    if (node.type !== 'MemberExpression') return;
    const name = nameOf(node.property);
    if (!bannedInCache.has(name)) return;
    found.push(
      `${file}:${lineAt(text, node.start)}: .${name} gives out plaintext pages or fails; use VACUUM INTO`,
    );
  });
  return found;
}

/**
 * @param {string[]} folders
 * @param {(file: string) => boolean} exists
 * @returns {string[]} one line per folder that does not say what it is for
 */
export function missingReadmes(folders, exists) {
  return folders
    .map((folder) => (folder === '' ? 'README.md' : `${folder}/README.md`))
    .filter((file) => !exists(file))
    .map((file) => `${file}: is missing; say what lives in its folder, what does not, and the traps`);
}

/**
 * @param {string} file
 * @param {string} text
 * @param {(file: string) => boolean} exists told a path relative to the root
 * @returns {string[]} one line per link of a note that leads nowhere
 */
export function deadLinks(file, text, exists) {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap((match) => {
    const [target = ''] = (match[1] ?? '').split('#');
    if (target === '' || /^[a-z]+:/.test(target)) return [];
    const path = posix.normalize(posix.join(posix.dirname(file), decodeURI(target)));
    return exists(path) ? [] : [`${file}:${lineAt(text, match.index)}: the link to ${target} leads nowhere`];
  });
}
