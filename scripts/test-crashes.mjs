// npm run test:crashes [-- SERVICE …]: plays the journey once for each service, every service a process of its own,
// kills that one (SIGKILL) in the middle of its work, starts it again, and wants every invariant to hold in the end.
import { runEnvironment, run } from './launch.mjs';
import { inRun } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';

const SERVICES = ['identity', 'leads', 'embeddings', 'campaigns', 'voice-calls', 'billing-ledger', 'gateway'];
const ROWS = '2500';
const SEGMENT = '100';

const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : SERVICES;
const prepared = await prepare({ purpose: 'test' });
const leads = inRun('crash-leads.csv');
const outcomes = [];
try {
  await run(prepared, ['scripts/samples/generate-leads.ts', '--rows', ROWS, '--seed', '11', '--out', leads], process.env);
  for (const service of wanted) outcomes.push(await crash(service));
} finally {
  await prepared.stop();
}
const failed = outcomes.filter((code) => code !== 0).length;
console.log(`\n${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && outcomes.length > 0 ? 0 : 1;

async function crash(service) {
  console.log(`\n=== ${service} is killed ===`);
  const flags = ['--processes', '--crash', service, '--leads', leads, '--segment', SEGMENT];
  return run(prepared, ['dist/scripts/demo/main.js', ...flags], await runEnvironment(prepared));
}
