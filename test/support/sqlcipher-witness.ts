/**
 * The original SQLCipher as an independent witness of the cache file: another implementation, by other people, compiled from its source
 * outside of this project's packages. Built once and kept under the system's temporary folder; where it cannot be built (no compiler,
 * no registry), the reason is the answer.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const VERSION = '6.0.0';
const BUILD_TIMEOUT = 600_000;

export type Witness = { module: string };

/** The folder of the built module, or why there is none. */
export async function findWitness(): Promise<Witness | { whyNot: string }> {
  const home = path.join(os.tmpdir(), `parley-sqlcipher-${VERSION}-${process.versions.modules}`);
  const module = path.join(home, 'node_modules/@journeyapps/sqlcipher');
  const failed = path.join(home, 'failed');
  if (existsSync(path.join(home, 'built'))) return { module };
  if (existsSync(failed)) return { whyNot: readFileSync(failed, 'utf8') };
  const building = `${home}.${process.pid}`;
  mkdirSync(building, { recursive: true });
  writeFileSync(path.join(building, 'package.json'), '{"private":true}');
  try {
    const install = [
      'install',
      '--no-audit',
      '--no-fund',
      '--foreground-scripts',
      `@journeyapps/sqlcipher@${VERSION}`,
    ];
    await run('npm', install, { cwd: building, timeout: BUILD_TIMEOUT, maxBuffer: 64 * 1024 * 1024 });
    writeFileSync(path.join(building, 'built'), '');
  } catch (error) {
    const reason =
      error instanceof Error
        ? (error.message.split('\n').find((line) => /err/iu.test(line)) ?? error.message)
        : 'unknown';
    writeFileSync(
      path.join(building, 'failed'),
      `SQLCipher could not be built here: ${reason.slice(0, 300)}`,
    );
  }
  rmSync(home, { recursive: true, force: true });
  renameSync(building, home);
  return existsSync(failed) ? { whyNot: readFileSync(failed, 'utf8') } : { module };
}

/** `rows`: for each query its rows, each as its values. */
export type Testimony = { opened: boolean; rows: unknown[][][]; error: string | null };

/** Asks the witness, in a process of its own: pragmas first, then queries, each answered with its rows. */
export async function askWitness(
  witness: Witness,
  file: string,
  pragmas: string[],
  queries: string[],
): Promise<Testimony> {
  const script = `
    const sqlite = require(process.argv[1]).verbose();
    const { file, pragmas, queries } = JSON.parse(process.argv[2]);
    const db = new sqlite.Database(file, sqlite.OPEN_READWRITE);
    const ask = (sql) => new Promise((resolve, reject) => db.all(sql, (error, rows) => (error ? reject(error) : resolve(rows))));
    (async () => {
      const rows = [];
      try {
        for (const pragma of pragmas) await ask(pragma);
        for (const query of queries) rows.push((await ask(query)).map((row) => Object.values(row)));
        process.stdout.write(JSON.stringify({ opened: true, rows, error: null }));
      } catch (error) {
        process.stdout.write(JSON.stringify({ opened: false, rows, error: error.message }));
      }
    })();`;
  const { stdout } = await run(process.execPath, [
    '-e',
    script,
    witness.module,
    JSON.stringify({ file, pragmas, queries }),
  ]);
  return JSON.parse(stdout) as Testimony;
}
