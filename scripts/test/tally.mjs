/** The counts of a vitest JSON report. A file that could not be loaded, and an end that no test explains, fail as one test. */
export function countReport(report, vitestCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0, tests: 0 };
  const broken = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'));
  const known = report.numFailedTests + broken.length;
  return {
    passed: report.numPassedTests,
    failed: known === 0 && vitestCode !== 0 ? 1 : known,
    skipped: report.numPendingTests + report.numTodoTests,
    tests: report.numPassedTests + report.numFailedTests,
  };
}

/** The sum of counts; `tests` counts those that ran, gates apart. */
export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0, tests: 0 };
  for (const count of counts) for (const name of Object.keys(total)) total[name] += count[name] ?? 0;
  return total;
}

/** `12 passed, 0 failed`, and what was skipped if anything was. */
export function tallyText({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The exit code of a run: a run without tests proves nothing. */
export function exitCode({ failed, tests }) {
  return failed > 0 || tests === 0 ? 1 : 0;
}
