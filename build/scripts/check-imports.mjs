// Part of `npm run lint`: every import of every file against build/zones/table.mjs.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root } from '../setup/paths.mjs';
import { sourceFiles } from '../zones/files.mjs';
import { violations } from '../zones/imports.mjs';

const files = sourceFiles(/\.(?:ts|tsx|mjs)$/);
const found = files.flatMap((file) => violations(file, readFileSync(path.join(root, file), 'utf8')));
for (const line of found) console.error(line);
console.error(`imports: ${files.length} files, ${found.length} violations`);
process.exitCode = found.length > 0 || files.length === 0 ? 1 : 0;
