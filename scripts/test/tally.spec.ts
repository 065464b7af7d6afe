import { describe, expect, it } from 'vitest';
import { countReport, exitCode, sum, tallyText } from './tally.mjs';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((test) => ({ status: test })) });
const report = (numbers: { passed?: number; failed?: number; pending?: number; todo?: number }, ...testResults: object[]) => ({
  numPassedTests: numbers.passed ?? 0,
  numFailedTests: numbers.failed ?? 0,
  numPendingTests: numbers.pending ?? 0,
  numTodoTests: numbers.todo ?? 0,
  testResults,
});

describe('the counts of a report', () => {
  it('are its own', () => {
    const counts = countReport(report({ passed: 3, failed: 1, pending: 1, todo: 1 }, file('failed', 'passed', 'failed')), 1);
    expect(counts).toEqual({ passed: 3, failed: 1, skipped: 2, tests: 4 });
  });

  it('hold a file that could not be loaded as one failed test', () => {
    expect(countReport(report({ passed: 3 }, file('passed', 'passed'), file('failed')), 1)).toMatchObject({ passed: 3, failed: 1 });
  });

  it('hold an end that no test explains as one failed test', () => {
    expect(countReport(report({ passed: 3 }, file('passed', 'passed')), 1)).toMatchObject({ passed: 3, failed: 1 });
    expect(countReport(report({ passed: 3 }, file('passed', 'passed')), 0)).toMatchObject({ passed: 3, failed: 0 });
  });

  it('hold a run that left no report as failed', () => {
    expect(countReport(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0, tests: 0 });
  });
});

describe('the closing line', () => {
  it('sums gates and tests, and names what was skipped only if something was', () => {
    expect(tallyText(sum([{ passed: 1, failed: 0, skipped: 0 }, { passed: 3, failed: 2, skipped: 0, tests: 5 }]))).toBe('4 passed, 2 failed');
    expect(tallyText({ passed: 4, failed: 0, skipped: 2 })).toBe('4 passed, 0 failed, 2 skipped');
  });

  it('goes with 1 when something failed and when no test ran, gates or not', () => {
    expect(exitCode(sum([{ passed: 3, failed: 0, skipped: 0, tests: 3 }]))).toBe(0);
    expect(exitCode(sum([{ passed: 3, failed: 1, skipped: 0, tests: 4 }]))).toBe(1);
    expect(exitCode(sum([{ passed: 4, failed: 0, skipped: 0 }]))).toBe(1);
  });
});
