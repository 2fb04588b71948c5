// What a run of tests came to, read from the runners' own JSON reports.
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './paths.mjs';

/**
 * @typedef {object} Failure
 * @property {string} file relative to the repository; empty for what belongs to no file
 * @property {string} name
 * @property {string} error what a person needs of it, in one line
 */

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} ran tests that really ran, whatever came of them
 * @property {string[]} skips one line per skipped test, with its reason where the runner tells it
 * @property {Failure[]} failures one for each of `failed`, in their order
 */

/** Characters of an error in the summary. */
const LONGEST_ERROR = 300;

/** @returns {Counts} */
function nothing() {
  return { passed: 0, failed: 0, skipped: 0, ran: 0, skips: [], failures: [] };
}

/**
 * The beginning of an error's text, before its stack, its code and its log, as one line.
 *
 * @param {string | undefined} text
 */
function firstWords(text) {
  const words = [];
  for (const line of stripVTControlCharacters(text ?? '').split('\n')) {
    if (/^\s*(at |Call log|> ?\d+ \|)/u.test(line)) break;
    if (line.trim() !== '') words.push(line.trim());
  }
  return words.length === 0 ? 'no message' : words.join(' · ').slice(0, LONGEST_ERROR);
}

/** @param {Counts} counts @param {Failure} failure */
function fail(counts, failure) {
  counts.failed += 1;
  counts.failures.push(failure);
}

/**
 * @typedef {object} VitestFile
 * @property {string} name its path
 * @property {string} status
 * @property {string} [message] why it did not load
 * @property {{ status: string; fullName: string; failureMessages?: string[] }[]} assertionResults
 */

/**
 * Vitest's report. A file that fails before its first test counts as one failure, and so does a run that is red for a reason that is
 * no test's (an unhandled rejection).
 *
 * @param {{ success: boolean; testResults: VitestFile[] }} report
 * @returns {Counts}
 */
export function fromVitest(report) {
  const counts = nothing();
  for (const { name, status, message, assertionResults } of report.testResults) {
    const file = path.relative(root, name);
    const before = counts.failed;
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed')
        fail(counts, { file, name: test.fullName, error: firstWords(test.failureMessages?.[0]) });
      else {
        counts.skipped += 1;
        counts.skips.push(test.fullName);
      }
    }
    counts.ran += assertionResults.filter((it) => it.status === 'passed' || it.status === 'failed').length;
    if (status === 'failed' && counts.failed === before)
      fail(counts, { file, name: '(the file)', error: firstWords(message) });
  }
  if (!report.success && counts.failed === 0)
    fail(counts, { file: '', name: '(the run)', error: 'an error outside of every test, see above' });
  return counts;
}

/**
 * @typedef {object} PlaywrightTest
 * @property {string} status
 * @property {string} projectName
 * @property {{ type: string; description?: string }[]} annotations
 * @property {{ errors: { message?: string }[] }[]} [results]
 */

/**
 * @typedef {object} PlaywrightSuite
 * @property {string} title
 * @property {PlaywrightSuite[]} [suites]
 * @property {{ title: string; file?: string; tests: PlaywrightTest[] }[]} [specs]
 */

/**
 * Playwright's report. Errors outside of any test (a spec that does not load) count as failures.
 *
 * @param {{ suites: PlaywrightSuite[]; errors: { message?: string }[] }} report
 * @returns {Counts}
 */
export function fromPlaywright(report) {
  const counts = nothing();
  for (const { message } of report.errors)
    fail(counts, { file: '', name: '(outside of every test)', error: firstWords(message) });
  /** @param {PlaywrightSuite} suite */
  const visit = (suite) => {
    for (const inner of suite.suites ?? []) visit(inner);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = `${spec.title} [${test.projectName}]`;
        if (test.status === 'expected') counts.passed += 1;
        else if (test.status === 'skipped') {
          counts.skipped += 1;
          const reason = test.annotations.find(
            (it) => it.type === 'skip' || it.type === 'fixme',
          )?.description;
          counts.skips.push(`${name}${reason === undefined ? '' : `: ${reason}`}`);
        } else {
          const error = test.results?.flatMap(({ errors }) => errors)[0]?.message;
          const file = spec.file === undefined ? '' : `test/e2e/${spec.file}`;
          fail(counts, { file, name, error: firstWords(error) });
        }
      }
    }
  };
  for (const suite of report.suites) visit(suite);
  counts.ran = counts.passed + counts.failed - report.errors.length;
  return counts;
}
