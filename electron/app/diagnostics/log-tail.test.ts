import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { logTo } from '../log.ts';
import { logTail, redactedLine } from './log-tail.ts';

const SECRET = 'Amira was diagnosed on Tuesday';

test('codes, small numbers and sentences of the source stay; whatever else is in a line does not', () => {
  const lines: string[] = [];
  const log = logTo({ write: (line: string) => void lines.push(line) });
  log.warn({ state: 'offline', retryInMs: 3000, ok: true }, 'connection');
  log.info({ state: SECRET, unknown: SECRET, issue: { inner: SECRET }, waId: 4_917_012_345_678 }, 'state');
  log.info({ [SECRET]: 1, call: 'amira@example.org', reason: '+491701234567' }, SECRET);
  log.error({ error: new TypeError(SECRET, { cause: new Error(SECRET) }) }, 'a call failed');
  lines.push(SECRET, `"${SECRET}"`);
  const told = lines.map(redactedLine);
  expect(told[0]).toMatch(/ warn connection state=offline retryInMs=3000 ok=true$/u);
  expect(told[3]).toMatch(/ error a call failed error=\{type=TypeError stack=.*log-tail\.test\.ts:\d+/u);
  expect(told.join('\n')).not.toMatch(/Amira|diagnosed|example|491701|Tuesday/u);
  expect(told.join('\n')).not.toContain(os.homedir());
  expect(told.slice(-2)).toEqual(['(not readable)', '(not readable)']);
});

test('the end of a long log, from the beginning of a line', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-log-'));
  try {
    expect(await logTail(folder, 5)).toEqual([]);
    const line = (index: number) =>
      JSON.stringify({ level: 30, time: '2026-05-20T10:00:00.000Z', index, msg: 'state' });
    await writeFile(
      path.join(folder, 'parley.log'),
      `${Array.from({ length: 500 }, (_, index) => line(index)).join('\n')}\n`,
    );
    const tail = await logTail(folder, 3);
    expect(tail.map((each) => /index=(\d+)/u.exec(each)?.[1])).toEqual(['497', '498', '499']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
