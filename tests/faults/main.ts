// The fault suite: plays seeds on its own servers and says what was not as it must be.
import 'reflect-metadata';
import { randomInt } from 'node:crypto';
import { readArguments, type Round } from './arguments.js';
import { playSeed } from './play-seed.js';
import { reportLines } from './report.js';
import { Servers } from './stage/servers.js';

const DRAIN_MS = 120_000;
const DRAIN_BROKEN_MS = 4_000;
const SKIPPED = 77;

const rounds = readArguments(process.argv.slice(2), () => randomInt(1, 1_000_000_000));
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => process.exit(130));
const servers = await Servers.start().catch(noServers);
let held = true;
for (const round of rounds) held = (await (round.broken ? playBroken(round) : playWhole(round))) && held;
await servers.stop(!held);
if (!held) console.log(`the logs are in ${servers.folder}`);
process.exit(held ? 0 : 1);

/** A machine that cannot have servers of the suite's own says so, and with the exit code that test programs skip with. */
function noServers(error: Error & { toText?(): string }): never {
  console.error(error.toText?.() ?? error);
  process.exit(error.toText ? SKIPPED : 1);
}

/** Whether every seed held. */
async function playWhole(round: Round): Promise<boolean> {
  const bad: number[] = [];
  for (const seed of round.seeds) if ((await play(seed, round)) > 0) bad.push(seed);
  console.log(`${round.seeds.length - bad.length} of ${round.seeds.length} seeds held`);
  for (const seed of bad) console.log(`  again: npm run test:faults -- --seed ${seed} --seconds ${round.lengthMs / 1_000} --only ${round.kinds.join(',')}`);
  return bad.length === 0;
}

/** Whether the model saw that a part is broken. */
async function playBroken(round: Round): Promise<boolean> {
  for (const seed of round.seeds) {
    if ((await play(seed, round)) === 0) continue;
    console.log(`caught: ${round.broken} is broken on purpose, and the model saw it`);
    return true;
  }
  console.log(`NOT CAUGHT: ${round.broken} is broken on purpose, and no seed showed it`);
  return false;
}

async function play(seed: number, { kinds, lengthMs, broken }: Round): Promise<number> {
  console.log(`seed ${seed}${broken ? `, with ${broken} broken on purpose` : ''}`);
  const drainMs = broken ? DRAIN_BROKEN_MS : DRAIN_MS;
  const result = await playSeed(servers, { seed, kinds, lengthMs, drainMs, broken }, (line) => console.log(line));
  for (const line of reportLines(result)) console.log(line);
  if (result.differences.length === 0) console.log(`  ✓ seed ${seed}: each handled once in effect, in order, none lost, none left over`);
  return result.differences.length;
}
