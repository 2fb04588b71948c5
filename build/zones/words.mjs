// No words in the page's markup: what a person reads or hears comes from the catalogue through `t`. oxlint's jsx-no-literals cannot tell
// `type="button"` from `title="Close"`.
import { lineAt, parse, walk } from './files.mjs';

/** Attributes whose value is read or heard: the platform's, and those of our own components. */
const spoken = new Set([
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'description',
  'error',
  'hint',
  'label',
  'placeholder',
  'tag',
  'text',
  'title',
]);

/** Elements whose contents are printed as they are in every language: keys, and code. */
const literal = new Set(['Kbd', 'kbd', 'code']);

/** @typedef {import('./files.mjs').SyntaxNode} SyntaxNode */

/** @param {unknown} node @returns {node is SyntaxNode} */
function isNode(node) {
  return typeof node === 'object' && node !== null && 'type' in node;
}

/** @param {unknown} node @returns {string} */
function nameOf(node) {
  if (!isNode(node)) return '';
  if (node.type === 'JSXNamespacedName') return `${nameOf(node.namespace)}:${nameOf(node.name)}`;
  return typeof node.name === 'string' ? node.name : '';
}

/** @param {string} text @returns {boolean} */
function hasWords(text) {
  // `&nbsp;` and the like are signs, addresses are the same everywhere.
  return /\p{L}/u.test(text.replace(/&#?\w+;|https?:\/\/\S*/g, ''));
}

/**
 * The strings that an expression may come to, as far as they stand in it: `a ? 'Yes' : 'No'`, `name ?? 'Nobody'`, `` `${n} items` ``.
 *
 * @param {unknown} node
 * @returns {{ text: string; start: number }[]}
 */
function stringsOf(node) {
  if (!isNode(node)) return [];
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [{ text: node.value, start: node.start }] : [];
    case 'TemplateLiteral':
      return /** @type {SyntaxNode[]} */ (node.quasis).map((part) => ({
        text: /** @type {{ raw: string }} */ (part.value).raw,
        start: node.start,
      }));
    case 'ConditionalExpression':
      return [...stringsOf(node.consequent), ...stringsOf(node.alternate)];
    case 'LogicalExpression':
      return [...(node.operator === '&&' ? [] : stringsOf(node.left)), ...stringsOf(node.right)];
    case 'BinaryExpression':
      return node.operator === '+' ? [...stringsOf(node.left), ...stringsOf(node.right)] : [];
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
      return stringsOf(node.expression);
    default:
      return [];
  }
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {string[]} one line per word in the markup
 */
export function untranslated(file, text) {
  /** @type {string[]} */
  const found = [];
  /** @param {string} words @param {number} start */
  const report = (words, start) => {
    if (!hasWords(words)) return;
    const short = words.trim().replace(/\s+/g, ' ').slice(0, 40);
    found.push(`${file}:${lineAt(text, start)}: '${short}' is not in the catalogue; use t()`);
  };
  walk(parse(file, text), (node) => {
    if (node.type === 'JSXAttribute') {
      if (!spoken.has(nameOf(node.name))) return;
      for (const each of stringsOf(node.value)) report(each.text, each.start);
    }
    if (node.type !== 'JSXElement' && node.type !== 'JSXFragment') return;
    const opening = isNode(node.openingElement) ? node.openingElement : null;
    if (literal.has(nameOf(opening?.name))) return;
    for (const child of Array.isArray(node.children) ? node.children : []) {
      if (!isNode(child)) continue;
      if (child.type === 'JSXText') {
        const raw = String(child.value);
        report(raw, child.start + (raw.length - raw.trimStart().length));
      } else if (child.type === 'JSXExpressionContainer') {
        for (const each of stringsOf(child)) report(each.text, each.start);
      }
    }
  });
  return found;
}
