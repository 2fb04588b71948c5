import { mkdtemp, readFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { REDACTED, logTo, openLog, withoutContents } from './log.ts';

const SECRET = 'the customer wrote this';

test.each(REDACTED)('a field named %s is blanked, three levels deep', (name) => {
  const lines: string[] = [];
  const log = logTo({ write: (line: string) => void lines.push(line) });
  log.info({ [name]: SECRET, a: { [name]: SECRET, b: { [name]: SECRET } } }, 'an event');
  expect(lines.join('')).toContain('[redacted]');
  expect(lines.join('')).not.toContain(SECRET);
});

test('an error keeps its class, kind, code and place, and loses its words', () => {
  const cause = Object.assign(new TypeError(SECRET), { code: 'E_CAUSE' });
  const error = Object.assign(new RangeError(`${SECRET}\nand ${SECRET}`, { cause }), {
    kind: 'damaged',
    code: 'SQLITE',
  });
  const told = withoutContents(error);
  expect(told).toMatchObject({
    type: 'RangeError',
    kind: 'damaged',
    code: 'SQLITE',
    cause: { type: 'TypeError' },
  });
  expect((told.stack as string[])[0]).toMatch(/^at /);
  expect(JSON.stringify(told)).not.toContain(SECRET);
  expect(withoutContents(SECRET)).toEqual({ type: 'string' });
  expect(withoutContents('RangeError')).toEqual({ type: 'RangeError' });
});

test('an error that is logged as it is loses its words too', () => {
  const lines: string[] = [];
  const log = logTo({ write: (line: string) => void lines.push(line) });
  log.error({ err: new Error(SECRET) }, 'failed');
  log.error({ error: new Error(SECRET) }, 'failed');
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toContain(SECRET);
});

test('the file is for the user alone, and is turned over when it has grown', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-log-'));
  try {
    const file = path.join(folder, 'parley.log');
    for (let start = 0; start < 6; start += 1) {
      const { log, close } = openLog(folder);
      log.info({ start }, 'start');
      close();
      await truncate(file, 6 * 1024 * 1024);
    }
    const last = openLog(folder);
    last.log.info({}, 'the last');
    last.close();
    expect(await readFile(file, 'utf8')).toContain('the last');
    expect((await readdir(folder)).sort()).toEqual([
      'parley.log',
      'parley.log.1',
      'parley.log.2',
      'parley.log.3',
    ]);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('without a folder that can be written it is silent, and nobody falls', () => {
  const { log, close } = openLog('/dev/null/nowhere');
  expect(() => log.info({}, 'an event')).not.toThrow();
  expect(close).not.toThrow();
});
