import { expect, test } from 'vitest';
import { openBench } from '../../test/support/cache-kit.ts';
import { ReadableDb } from './sql.ts';

test('holes are parameters, whatever they contain', () => {
  using bench = openBench();
  const hostile = `x'; DROP TABLE outbox; --`;
  expect(bench.db.get`SELECT ${hostile} AS text, ${1} AS number, ${null} AS none`).toEqual({
    text: hostile,
    number: 1,
    none: null,
  });
});

test('an error takes the whole transaction back, an attempt only its part', () => {
  using bench = openBench();
  const { db } = bench;
  const count = (): unknown => db.get`SELECT count(*) AS n FROM discarded_files`;
  expect(() =>
    db.transaction(() => {
      db.run`INSERT INTO discarded_files VALUES ('a')`;
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(count()).toEqual({ n: 0 });
  db.transaction(() => {
    db.run`INSERT INTO discarded_files VALUES ('a')`;
    const failed = db.attempt(() => {
      db.run`INSERT INTO discarded_files VALUES ('b')`;
      db.run`INSERT INTO discarded_files VALUES ('a')`;
    });
    expect(failed?.error).toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
  });
  expect(count()).toEqual({ n: 1 });
});

test('a slow statement is told without its parameters', () => {
  using bench = openBench();
  const told: string[] = [];
  const db = new ReadableDb(bench.db.raw, (statement) => told.push(statement), 0);
  db.get`SELECT ${'a secret'} AS a`;
  expect(told).toEqual(['SELECT ? AS a']);
});
