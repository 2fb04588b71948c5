// Makes renderer/i18n/emoji/ anew: `node build/scripts/emoji-words.mjs <unpacked cldr-annotations-full>`. Run by hand when the list of
// emoji or CLDR has changed; the package itself is far too large to depend on.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const renderer = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../renderer');
const out = path.join(renderer, 'i18n/emoji');
const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('which folder has cldr-annotations-full?');

/** Ours, and CLDR's name for it. */
const LOCALES = { de: 'de', es: 'es', 'pt-BR': 'pt', ar: 'ar' };
const list = readFileSync(path.join(renderer, 'features/inbox/composer/emojiList.ts'), 'utf8');
const lines = (/const SOURCE = `\n([^`]+)`/u.exec(list)?.[1] ?? '').trim().split('\n');
const { version } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8'));

copyFileSync(path.join(source, 'LICENSE'), path.join(out, 'LICENSE-unicode.txt'));
for (const [ours, theirs] of Object.entries(LOCALES)) {
  const file = path.join(source, 'annotations', theirs, 'annotations.json');
  const { annotations } = JSON.parse(readFileSync(file, 'utf8')).annotations;
  /** @type {string[]} */
  const missing = [];
  const made = lines.map((line) =>
    line
      .split('|')
      .flatMap((entry) => {
        const [char = ''] = entry.split(' ');
        // CLDR leaves out the sign that asks for colour.
        const found = annotations[char] ?? annotations[char.replaceAll('\u{fe0f}', '')];
        if (found === undefined) missing.push(char);
        const [name = '', ...more] = [...new Set([...(found?.tts ?? []), ...(found?.default ?? [])])];
        return name === '' ? [] : [`${char} ${[name, ...more].join(';')}`];
      })
      .join('|'),
  );
  writeFileSync(
    path.join(out, `${ours}.ts`),
    `/** Names of emoji and words by which they are found: Unicode CLDR ${version} (LICENSE-unicode.txt), by build/scripts/emoji-words.mjs. */
export const words = \`
${made.join('\n')}
\`;
`,
  );
  process.stdout.write(`${ours}: without a name ${missing.join(' ') || 'none'}\n`);
}
