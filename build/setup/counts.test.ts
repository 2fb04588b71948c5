import { expect, test } from 'vitest';
import { fromPlaywright, fromVitest } from './counts.mjs';

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((it, index) => ({ status: it, fullName: `test ${index}` })),
});

test('vitest: passed, failed and skipped are summed over files', () => {
  const report = {
    success: false,
    testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed', 'skipped')],
  };
  expect(fromVitest(report)).toEqual({ passed: 2, failed: 1, skipped: 1, ran: 3, skips: ['test 1'] });
});

test('vitest: a file that does not load is a failure', () => {
  expect(fromVitest({ success: false, testResults: [file('failed')] })).toMatchObject({ failed: 1, ran: 0 });
});

test('vitest: a red run without a failed test is a failure', () => {
  expect(fromVitest({ success: false, testResults: [file('passed', 'passed')] })).toMatchObject({
    passed: 1,
    failed: 1,
  });
});

test('playwright: nested suites, skip reasons, errors outside of tests', () => {
  const spec = (title: string, status: string, reason?: string) => ({
    title,
    tests: [
      {
        status,
        projectName: 'chromium',
        annotations: reason === undefined ? [] : [{ type: 'skip', description: reason }],
      },
    ],
  });
  const report = {
    errors: [{ message: 'a spec does not load' }],
    suites: [
      {
        title: 'file',
        specs: [spec('one', 'expected')],
        suites: [
          {
            title: 'inner',
            specs: [spec('two', 'unexpected'), spec('three', 'flaky'), spec('four', 'skipped', 'no data')],
          },
        ],
      },
    ],
  };
  expect(fromPlaywright(report)).toEqual({
    passed: 1,
    // A flaky test is a failed one.
    failed: 3,
    skipped: 1,
    ran: 3,
    skips: ['four [chromium]: no data'],
  });
});
