import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { LICENCES } from '../../renderer/features/settings/licences.ts';

const read = async (path: string) =>
  JSON.parse(await readFile(new URL(`../../${path}`, import.meta.url), 'utf8')) as {
    version: string;
    license: string;
    dependencies: Record<string, string>;
  };

test('the licences in About are those of what is built in', async () => {
  const { dependencies } = await read('package.json');
  expect(LICENCES.map(({ name }) => name)).toEqual(Object.keys(dependencies));
  for (const { name, version, licence } of LICENCES)
    expect(await read(`node_modules/${name}/package.json`)).toMatchObject({ version, license: licence });
});
