// Part of `npm run lint`: logical properties in the page's styles, and no call in the cache that lets plaintext out.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root } from '../setup/paths.mjs';
import { sourceFiles } from '../zones/files.mjs';
import { leakingCalls, physicalCss, physicalStyles } from '../zones/sources.mjs';

/** @type {{ ending: RegExp; folder: string; rule: (file: string, text: string) => string[] }[]} */
const rules = [
  { ending: /\.css$/, folder: 'renderer/', rule: physicalCss },
  { ending: /\.tsx$/, folder: 'renderer/', rule: physicalStyles },
  { ending: /\.ts$/, folder: 'electron/cache/', rule: leakingCalls },
];

let count = 0;
const found = rules.flatMap(({ ending, folder, rule }) => {
  const files = sourceFiles(ending).filter((file) => file.startsWith(folder));
  count += files.length;
  return files.flatMap((file) => rule(file, readFileSync(path.join(root, file), 'utf8')));
});
for (const line of found) console.error(line);
console.error(`sources: ${count} files, ${found.length} violations`);
process.exitCode = found.length > 0 ? 1 : 0;
