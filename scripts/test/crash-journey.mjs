import { inRun } from '../setup/paths.mjs';
import { run } from '../launch.mjs';

// Small, so that a journey for each service stays short; large enough to be in the midst of things when one is killed.
const ROWS = '2500';
const SEGMENT = '100';

/** The flags of a journey on which a service is killed; its leads are generated first. */
export async function crashFlags(prepared, env, service) {
  const leads = inRun('crash-leads.csv');
  await run(prepared, ['scripts/samples/generate-leads.ts', '--rows', ROWS, '--seed', '11', '--out', leads], env);
  return ['--processes', '--crash', service, '--leads', leads, '--segment', SEGMENT];
}
