/** Each demand of the gateways' policies (R000-1 to R004-10, X-1 to X-4) has a test whose title begins with it, and the README names it. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDERS = ['shared', 'electron', 'gateway', 'renderer', 'test'];

/** How many demands each policy has. */
const COUNTS = { R000: 8, R001: 5, R002: 5, R003: 4, R004: 10, X: 4 };
const DEMANDS = Object.entries(COUNTS).flatMap(([policy, count]) =>
  Array.from({ length: count }, (_, index) => `${policy}-${index + 1}`),
);

/** A title as it stands in the source, or the first part of one that is put together. */
const TITLE =
  /\b(?:test|it)(?:\.each\([^)]*\)|\.each\(\[[\s\S]*?\]\))?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/gu;
/** The demands that a title begins with: "R000-1, R000-2: …" */
const LEADING = /^(?:(?:R00\d|X)-\d+(?:, )?)+/u;

async function titles(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of FOLDERS) {
    for (const name of await readdir(path.join(ROOT, folder), { recursive: true })) {
      if (!/\.(?:test|spec)\.tsx?$/u.test(name)) continue;
      const source = await readFile(path.join(ROOT, folder, name), 'utf8');
      for (const match of source.matchAll(TITLE)) found.push(match[2] ?? '');
      // Titles whose demand comes from a list: `${id}: …` over [['R000-6', …], …].
      if (/\(`\$\{id\}: /u.test(source)) {
        for (const match of source.matchAll(/\['((?:R00\d|X)-\d+)', /gu)) found.push(`${match[1] ?? ''}: `);
      }
    }
  }
  return found;
}

test('every demand has a test whose title begins with it', async () => {
  const shown = new Set((await titles()).flatMap((title) => LEADING.exec(title)?.[0].split(', ') ?? []));
  expect(DEMANDS).toHaveLength(36);
  expect(DEMANDS.filter((demand) => !shown.has(demand))).toEqual([]);
});

test('the README names for every demand a test that exists', async () => {
  const readme = await readFile(path.join(ROOT, 'test/README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| ((?:R00\d|X)-\d+) \| .+ \| `([^`]+)` \|$/gmu)];
  expect(rows.map((row) => row[1])).toEqual(DEMANDS);
  for (const [, demand = '', file = ''] of rows) {
    const source = await readFile(path.join(ROOT, file), 'utf8');
    expect(source, `${file} shows ${demand}`).toContain(demand);
  }
});
