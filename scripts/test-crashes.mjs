// npm run test:crashes [-- SERVICE …]: plays the journey once for each service, every service a process of its own,
// kills that one (SIGKILL) in the middle of its work, starts it again, and wants every invariant to hold in the end.
import { runEnvironment } from './launch.mjs';
import { prepare } from './setup/prepare.mjs';
import { runJourney } from './test/run-journey.mjs';
import { exitCode, sum, tallyText } from './test/tally.mjs';

const SERVICES = ['identity', 'leads', 'embeddings', 'campaigns', 'voice-calls', 'billing-ledger', 'gateway'];

const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : SERVICES;
const prepared = await prepare({ purpose: 'test' });
const counts = [];
for (const crash of wanted) {
  console.log(`\n=== ${crash} is killed ===`);
  counts.push(await runJourney({ crash }, { prepared, env: await runEnvironment(prepared) }));
}
await prepared.stop();
const total = sum(counts);
console.log(`\n${tallyText(total)}`);
process.exitCode = exitCode(total);
