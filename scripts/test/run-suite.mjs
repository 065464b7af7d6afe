import { rmSync } from 'node:fs';
import { readJson } from '../setup/json-file.mjs';
import { inRun, inTop } from '../setup/paths.mjs';
import { run } from '../launch.mjs';
import { countReport } from './tally.mjs';

/** Runs tests with vitest, shows what it says, and counts them. */
export async function runSuite({ args }, { prepared, env }) {
  const report = inRun('vitest-report.json');
  // What an earlier run left must not be counted when this one dies before it reports.
  rmSync(report, { force: true });
  const vitest = [inTop('node_modules', 'vitest', 'vitest.mjs'), 'run', ...args];
  const code = await run(prepared, [...vitest, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], env);
  return countReport(readJson(report), code);
}
