// `npm test`: set-up, every static check, every test. Each step runs even when an earlier one failed; after the table of steps every
// failed test is named again, and the last line is the sum of what the runners themselves reported: `N passed, N failed, N skipped`.
// Red when anything failed, or when a runner ran no test.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { SetUpError, childEnv } from '../setup/children.mjs';
import { lookForChromium } from '../setup/chromium.mjs';
import { command } from '../setup/command.mjs';
import { fromPlaywright, fromVitest } from '../setup/counts.mjs';
import { playwrightArgs, prepareE2e } from '../setup/e2e.mjs';
import { alone } from '../setup/lock.mjs';
import { findNode24 } from '../setup/node24.mjs';
import { ensurePackages } from '../setup/packages.mjs';
import { modules, pageFolder, root } from '../setup/paths.mjs';
import { runStep } from '../setup/steps.mjs';

/** @typedef {import('../setup/counts.mjs').Counts} Counts */
/** @typedef {{ name: string; seconds: number; note: string } & Omit<Counts, 'ran'>} Row */

const minute = 60_000;
const deadline = Date.now() + 42 * minute;
const reports = path.join(root, 'test-results');
/** @type {Row[]} */
const rows = [];

/** @param {number} minutes what the step may take @returns {number} milliseconds, within what is left of the whole */
function limitOf(minutes) {
  return Math.max(10_000, Math.min(minutes * minute, deadline - Date.now()));
}

/** @param {string} name */
function headline(name) {
  process.stdout.write(`\n=== ${name}\n`);
}

/** @param {string} name @param {number} seconds @param {Partial<Row>} result */
function report(name, seconds, result) {
  rows.push({
    name,
    seconds,
    passed: 0,
    failed: 0,
    skipped: 0,
    skips: [],
    failures: [],
    note: '',
    ...result,
  });
}

/** @param {string} node @param {string} name @param {string[]} args */
async function staticCheck(node, name, args) {
  headline(name);
  const ended = await runStep(node, args, { env: childEnv(), limit: limitOf(5) });
  report(
    name,
    ended.seconds,
    ended.code === 0 ? { passed: 1 } : { failed: 1, note: ended.late ? 'too slow' : '' },
  );
}

/**
 * A runner of tests: its report is read, and the run is red too when the report is missing, names no test, or says less than the exit code.
 *
 * @param {string} name
 * @param {() => Promise<{ code: number; seconds: number; late: boolean }>} run
 * @param {string} file the JSON report
 * @param {(json: never) => Counts} count
 * @returns {Promise<Counts | null>}
 */
async function runner(name, run, file, count) {
  headline(name);
  rmSync(file, { force: true });
  const ended = await run();
  /** @type {Counts} */
  let counts;
  try {
    counts = count(/** @type {never} */ (JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report(name, ended.seconds, { failed: 1, note: ended.late ? 'ended: too slow' : `no report (${why})` });
    return null;
  }
  let note = '';
  if (ended.late) note = 'ended: too slow';
  else if (counts.ran === 0) note = 'no test ran';
  else if (ended.code !== 0 && counts.failed === 0) note = `exit code ${ended.code}`;
  if (note !== '' && counts.failed === 0) counts.failed = 1;
  report(name, ended.seconds, { ...counts, note });
  return counts;
}

/** @param {string} node @param {string} project @param {number} minutes */
async function vitest(node, project, minutes) {
  const file = path.join(reports, `${project}.json`);
  const args = [
    path.join(modules, 'vitest/vitest.mjs'),
    'run',
    '--config',
    path.join(root, 'build/vitest.config.ts'),
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const chromium = lookForChromium();
  const env = childEnv({
    PARLEY_PAGE_FOLDER: pageFolder,
    ...('path' in chromium ? { PARLEY_CHROMIUM: chromium.path } : {}),
  });
  await runner(project, () => runStep(node, args, { env, limit: limitOf(minutes) }), file, fromVitest);
}

/** @param {string} node */
async function endToEnd(node) {
  const file = path.join(reports, 'e2e.json');
  /** @type {Awaited<ReturnType<typeof prepareE2e>>} */
  let ready;
  try {
    ready = await alone(() => prepareE2e(node));
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    process.stderr.write(`${error.message}\n`);
    report('e2e', 0, { failed: 1, note: 'set-up failed, see above' });
    return;
  }
  const { env, whyNotElectron } = ready;
  const args = playwrightArgs(whyNotElectron, []);
  const counts = await runner(
    'e2e',
    () => runStep(node, args, { env, limit: limitOf(30) }),
    file,
    fromPlaywright,
  );
  if (whyNotElectron === null || counts === null) return;
  // The same specs, which this machine cannot run in Electron.
  report('e2e in Electron', 0, {
    skipped: counts.passed + counts.failed + counts.skipped,
    note: `skipped: ${whyNotElectron}`,
  });
}

function summarise() {
  headline('summary');
  for (const { name, skips } of rows) {
    for (const skip of skips.slice(0, 20)) process.stdout.write(`skipped in ${name}: ${skip}\n`);
    if (skips.length > 20) process.stdout.write(`skipped in ${name}: ${skips.length - 20} more\n`);
  }
  const width = Math.max(...rows.map((row) => row.name.length));
  for (const { name, seconds, passed, failed, skipped, note } of rows) {
    const cells = [
      name.padEnd(width),
      `${seconds.toFixed(1)} s`.padStart(9),
      failed > 0 ? 'FAILED' : 'ok    ',
    ];
    const numbers = `${passed} passed, ${failed} failed, ${skipped} skipped`;
    process.stdout.write(`${cells.join('  ')}  ${numbers}${note === '' ? '' : `  (${note})`}\n`);
  }
  for (const { name, failed, failures, note } of rows) {
    // A step without tests of its own: its output says the rest.
    if (failed > 0 && failures.length === 0)
      process.stdout.write(`failed in ${name}: ${note || 'see above'}\n`);
    for (const failure of failures) {
      const place = failure.file === '' ? '' : `${failure.file}: `;
      process.stdout.write(`failed in ${name}: ${place}${failure.name}\n    ${failure.error}\n`);
    }
  }
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    rows.reduce((all, row) => all + row[key], 0);
  const failed = sum('failed');
  process.stdout.write(`${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped\n`);
  return failed === 0 ? 0 : 1;
}

await command(async () => {
  const node = await alone(async () => {
    await ensurePackages();
    return findNode24();
  });
  mkdirSync(reports, { recursive: true });

  const bin = (/** @type {string} */ file) => path.join(modules, file);
  const script = (/** @type {string} */ name) => path.join(root, 'build/scripts', name);
  await staticCheck(node, 'format', [bin('oxfmt/bin/oxfmt'), '--check']);
  await staticCheck(node, 'lint', [bin('oxlint/bin/oxlint')]);
  await staticCheck(node, 'imports', [script('check-imports.mjs')]);
  await staticCheck(node, 'sources', [script('check-sources.mjs')]);
  await staticCheck(node, 'types', [script('types.mjs')]);
  await staticCheck(node, 'knip', [bin('knip/bin/knip.js'), '--config', 'build/knip.json']);
  // Before the tests: those that start the real application need the page.
  await staticCheck(node, 'build', [script('build.mjs')]);
  await vitest(node, 'unit', 6);
  await vitest(node, 'contract', 5);
  await vitest(node, 'property', 10);
  await vitest(node, 'integration', 18);
  await endToEnd(node);
  return summarise();
});
