// npm test [-- FILTER…]: every gate and every test, on real servers; with filters, the tests that vitest finds by them.
import { runEnvironment } from './launch.mjs';
import { createProgress } from './setup/progress.mjs';
import { prepare } from './setup/prepare.mjs';
import { FAULTS, GATES, JOURNEYS, SUITES } from './test/gates.mjs';
import { runFaults } from './test/run-faults.mjs';
import { runGate } from './test/run-gate.mjs';
import { runJourney } from './test/run-journey.mjs';
import { runSuite } from './test/run-suite.mjs';
import { exitCode, sum, tallyText } from './test/tally.mjs';

const filters = process.argv.slice(2);
const prepared = await prepare({ purpose: 'test' });
const env = { ...(await runEnvironment(prepared)), TEST_DATABASE_URL: prepared.databaseUrl, TEST_NATS_URL: prepared.natsUrl, ...(prepared.natsProgram && { TEST_NATS_PROGRAM: prepared.natsProgram }) };
const stopping = new AbortController();
prepared.beforeStop(() => stopping.abort());

const { step } = createProgress();
const counts = [];

async function take(work, part) {
  // A signal came: what runs is being stopped, and nothing more is begun.
  if (stopping.signal.aborted) return;
  await step(part.name, async () => {
    const count = await work(part, { prepared, env, signal: stopping.signal });
    counts.push(count);
    return tallyText(count);
  });
}

if (filters.length === 0) {
  for (const gate of GATES) await take(runGate, gate);
  for (const suite of SUITES) await take(runSuite, suite);
  for (const faults of FAULTS) await take(runFaults, faults);
  for (const journey of JOURNEYS) await take(runJourney, journey);
} else {
  await take(runSuite, { name: 'tests', args: filters });
}

await prepared.stop();
const total = sum(counts);
console.log(tallyText(total));
process.exitCode = exitCode(total);
