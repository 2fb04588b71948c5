// Part of `npm run lint`: logical properties in the page's styles, no words in its markup, no call in the cache that lets plaintext out, a
// note in every folder, and no dead link in any of them.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root } from '../setup/paths.mjs';
import { sourceFiles, tops } from '../zones/files.mjs';
import { deadLinks, leakingCalls, missingReadmes, physicalCss, physicalStyles } from '../zones/sources.mjs';
import { untranslated } from '../zones/words.mjs';

/** @type {{ ending: RegExp; folder: string; rule: (file: string, text: string) => string[] }[]} */
const rules = [
  { ending: /\.css$/, folder: 'renderer/', rule: physicalCss },
  { ending: /\.tsx$/, folder: 'renderer/', rule: physicalStyles },
  { ending: /(?<!\.test)\.tsx$/, folder: 'renderer/', rule: untranslated },
  { ending: /\.ts$/, folder: 'electron/cache/', rule: leakingCalls },
];

let count = 0;
const found = rules.flatMap(({ ending, folder, rule }) => {
  const files = sourceFiles(ending).filter((file) => file.startsWith(folder));
  count += files.length;
  return files.flatMap((file) => rule(file, readFileSync(path.join(root, file), 'utf8')));
});
const exists = (/** @type {string} */ file) => existsSync(path.join(root, file));
const parts = readdirSync(path.join(root, 'electron'), { withFileTypes: true }).filter((it) =>
  it.isDirectory(),
);
const noted = ['', ...tops, ...parts.map((part) => `electron/${part.name}`)];
const notes = ['README.md', 'CHANGELOG.md', ...sourceFiles(/\.md$/)].filter(exists);
found.push(...missingReadmes(noted, exists));
found.push(...notes.flatMap((file) => deadLinks(file, readFileSync(path.join(root, file), 'utf8'), exists)));
count += notes.length;
for (const line of found) console.error(line);
console.error(`sources: ${count} files, ${found.length} violations`);
process.exitCode = found.length > 0 ? 1 : 0;
