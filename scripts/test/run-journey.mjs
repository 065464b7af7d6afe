import { rmSync } from 'node:fs';
import { run } from '../launch.mjs';
import { inRun } from '../setup/paths.mjs';
import { readJson } from '../setup/json-file.mjs';
import { crashFlags } from './crash-journey.mjs';

/** Plays the journey, with a service killed on the way when one is named, and counts its invariants as tests. */
export async function runJourney({ crash }, { prepared, env }) {
  const report = inRun('journey-report.json');
  rmSync(report, { force: true });
  const flags = crash ? await crashFlags(prepared, env, crash) : [];
  const code = await run(prepared, ['dist/scripts/demo/main.js', ...flags, '--json', report], env);
  return countInvariants(readJson(report), code);
}

function countInvariants(report, code) {
  const invariants = report?.invariants ?? [];
  const passed = invariants.filter(({ holds }) => holds).length;
  const failed = invariants.length - passed;
  // A journey that ended early, or went wrong though every invariant it checked holds, fails as one test.
  return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed, skipped: 0, tests: invariants.length };
}
