// Holds one file's imports against the table of zones. Types are told from values: `import type` leaves nothing at run time.
import path from 'node:path';
import { lineAt, parse, walk } from './files.mjs';
import { besideTests, zones } from './table.mjs';

/** @typedef {import('./table.mjs').Zone} Zone */
/** @typedef {{ specifier: string; typeOnly: boolean; offset: number }} Import */

/** @param {string} file @returns {{ zone: Zone; home: string } | null} the zone, and the folder that it is for this file */
export function zoneOf(file) {
  /** @type {{ zone: Zone; home: string } | null} */
  let best = null;
  for (const zone of zones) {
    const { folder } = zone;
    const direct = folder.endsWith('/*');
    const start = (direct ? folder.slice(0, -2) : folder).replaceAll('?', '[^/]+');
    const pattern = new RegExp(`^${start}(?=/${direct ? '[^/]+$' : ''})`);
    const home = pattern.exec(file)?.[0];
    if (home !== undefined && (best === null || home.length > best.home.length)) best = { zone, home };
  }
  return best;
}

/** @param {unknown} node @returns {string | null} */
function literal(node) {
  if (typeof node !== 'object' || node === null || !('type' in node)) return null;
  if ('literal' in node) return literal(node.literal);
  return 'value' in node && typeof node.value === 'string' ? node.value : null;
}

/** @param {unknown} callee @returns {boolean} `require` itself, or `createRequire(...)` called at once */
function isRequire(callee) {
  const {
    type,
    name,
    callee: inner,
  } = /** @type {{ type?: string; name?: string; callee?: { name?: string } }} */ (callee);
  return type === 'Identifier'
    ? name === 'require'
    : type === 'CallExpression' && inner?.name === 'createRequire';
}

/** @param {string} file @param {string} text @returns {Import[]} */
export function importsOf(file, text) {
  /** @type {Import[]} */
  const found = [];
  /** @param {unknown} source @param {boolean} typeOnly @param {number} offset */
  const add = (source, typeOnly, offset) => {
    const specifier = literal(source);
    if (specifier !== null) found.push({ specifier, typeOnly, offset });
  };
  walk(parse(file, text), (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
        add(node.source, node.importKind === 'type', node.start);
        break;
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        add(node.source, node.exportKind === 'type', node.start);
        break;
      case 'ImportExpression':
        add(node.source, false, node.start);
        break;
      case 'TSImportType':
        add(node.source ?? node.argument, true, node.start);
        break;
      case 'TSExternalModuleReference':
        add(node.expression, false, node.start);
        break;
      case 'CallExpression':
        if (isRequire(node.callee))
          add(Array.isArray(node.arguments) ? node.arguments[0] : null, false, node.start);
        break;
      default:
    }
  });
  return found;
}

/** @param {string} target a file of ours @param {string[]} folders as in the table @returns {boolean} */
function within(target, folders) {
  return folders.some((folder) => {
    if (folder === '*') return true;
    if (folder.endsWith('/*')) return path.posix.dirname(target) === folder.slice(0, -2);
    return target.startsWith(`${folder}/`);
  });
}

/** @param {string} specifier @returns {string} */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** @param {string} file @param {Import} found @returns {string | null} what is wrong with it */
function judge(file, { specifier, typeOnly }) {
  const at = zoneOf(file);
  if (at === null) return 'lies in no zone of build/zones/table.mjs';
  const { zone, home } = at;
  const isTest = /\.test\.tsx?$/.test(file);

  if (specifier.startsWith('.')) {
    if (path.posix.extname(specifier) === '') return `imports '${specifier}' without its extension`;
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
    const allowed = [home, ...zone.folders, ...(isTest ? besideTests.folders : [])];
    if (within(target, allowed)) return null;
    if (!within(target, zone.typesOf ?? [])) return `imports ${target}, which ${home} may not import`;
    return typeOnly ? null : `imports a value from ${target}; ${home} may import only types from there`;
  }
  if (specifier.startsWith('node:')) {
    return zone.node === true || isTest
      ? null
      : `imports ${specifier}; ${home} may not import Node's modules`;
  }
  const name = packageOf(specifier);
  const packages = [...zone.packages, ...(isTest ? besideTests.packages : [])];
  return packages.includes('*') || packages.includes(name)
    ? null
    : `imports the package '${name}', which ${home} may not import`;
}

/**
 * @param {string} file relative to the root, with forward slashes
 * @param {string} text
 * @returns {string[]} one line per violation
 */
export function violations(file, text) {
  return importsOf(file, text).flatMap((found) => {
    const problem = judge(file, found);
    return problem === null ? [] : [`${file}:${lineAt(text, found.offset)}: ${problem}`];
  });
}
