import path from 'node:path';
import { expect, test } from 'vitest';
import { fromPlaywright, fromVitest } from './counts.mjs';
import { root } from './paths.mjs';

const file = (status: string, ...tests: string[]) => ({
  name: path.join(root, 'a.test.ts'),
  status,
  message: 'Error: Cannot find module\n    at file:1:2',
  assertionResults: tests.map((it, index) => ({
    status: it,
    fullName: `test ${index}`,
    failureMessages:
      it === 'failed' ? ['\u001b[31mAssertionError: expected 1 to be 2\u001b[39m\n    at file:1:2'] : [],
  })),
});

test('vitest: passed, failed and skipped are summed over files', () => {
  const report = {
    success: false,
    testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed', 'skipped')],
  };
  expect(fromVitest(report)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
    ran: 3,
    skips: ['test 1'],
    failures: [{ file: 'a.test.ts', name: 'test 1', error: 'AssertionError: expected 1 to be 2' }],
  });
});

test('vitest: a file that does not load is a failure', () => {
  expect(fromVitest({ success: false, testResults: [file('failed')] })).toMatchObject({
    failed: 1,
    ran: 0,
    failures: [{ file: 'a.test.ts', name: '(the file)', error: 'Error: Cannot find module' }],
  });
});

test('vitest: a red run without a failed test is a failure', () => {
  expect(fromVitest({ success: false, testResults: [file('passed', 'passed')] })).toMatchObject({
    passed: 1,
    failed: 1,
    failures: [{ file: '', name: '(the run)' }],
  });
});

test('playwright: nested suites, skip reasons, errors outside of tests', () => {
  const message =
    'Error: expect(locator).toBeVisible() failed\n\nLocator: the list\nTimeout: 10000ms\n\nCall log:\n  - waiting';
  const spec = (title: string, status: string, reason?: string) => ({
    title,
    file: 'a.spec.ts',
    tests: [
      {
        status,
        projectName: 'chromium',
        annotations: reason === undefined ? [] : [{ type: 'skip', description: reason }],
        results: [{ errors: status === 'unexpected' ? [{ message }, { message: 'and then' }] : [] }],
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
    failures: [
      { file: '', name: '(outside of every test)', error: 'a spec does not load' },
      {
        file: 'test/e2e/a.spec.ts',
        name: 'two [chromium]',
        error: 'Error: expect(locator).toBeVisible() failed · Locator: the list · Timeout: 10000ms',
      },
      { file: 'test/e2e/a.spec.ts', name: 'three [chromium]', error: 'no message' },
    ],
  });
});
