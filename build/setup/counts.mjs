// What a run of tests came to, read from the runners' own JSON reports.

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} ran tests that really ran, whatever came of them
 * @property {string[]} skips one line per skipped test, with its reason where the runner tells it
 */

/**
 * Vitest's report. A file that fails before its first test counts as one failure, and so does a run that is red for a reason that is
 * no test's (an unhandled rejection).
 *
 * @param {{ success: boolean; testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[] }} report
 * @returns {Counts}
 */
export function fromVitest(report) {
  /** @type {Counts} */
  const counts = { passed: 0, failed: 0, skipped: 0, ran: 0, skips: [] };
  for (const file of report.testResults) {
    let failedHere = 0;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') failedHere += 1;
      else {
        counts.skipped += 1;
        counts.skips.push(test.fullName);
      }
    }
    counts.ran += file.assertionResults.filter(
      (it) => it.status === 'passed' || it.status === 'failed',
    ).length;
    if (file.status === 'failed' && failedHere === 0) failedHere = 1;
    counts.failed += failedHere;
  }
  if (!report.success && counts.failed === 0) counts.failed = 1;
  return counts;
}

/**
 * @typedef {object} PlaywrightSuite
 * @property {string} title
 * @property {PlaywrightSuite[]} [suites]
 * @property {{ title: string; tests: { status: string; projectName: string; annotations: { type: string; description?: string }[] }[] }[]} [specs]
 */

/**
 * Playwright's report. Errors outside of any test (a spec that does not load) count as failures.
 *
 * @param {{ suites: PlaywrightSuite[]; errors: unknown[] }} report
 * @returns {Counts}
 */
export function fromPlaywright(report) {
  /** @type {Counts} */
  const counts = { passed: 0, failed: report.errors.length, skipped: 0, ran: 0, skips: [] };
  /** @param {PlaywrightSuite} suite */
  const visit = (suite) => {
    for (const inner of suite.suites ?? []) visit(inner);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'expected') counts.passed += 1;
        else if (test.status === 'skipped') {
          counts.skipped += 1;
          const reason = test.annotations.find(
            (it) => it.type === 'skip' || it.type === 'fixme',
          )?.description;
          counts.skips.push(
            `${spec.title} [${test.projectName}]${reason === undefined ? '' : `: ${reason}`}`,
          );
        } else counts.failed += 1;
      }
    }
  };
  for (const suite of report.suites) visit(suite);
  counts.ran = counts.passed + counts.failed - report.errors.length;
  return counts;
}
