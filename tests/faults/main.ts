// The fault suite: plays seeds on its own servers and says what was not as it must be.
import 'reflect-metadata';
import { randomInt } from 'node:crypto';
import { readArguments, type Wanted } from './arguments.js';
import { playSeed, type SeedResult } from './play-seed.js';
import { Servers } from './stage/servers.js';

const DRAIN_MS = 120_000;
const DRAIN_BROKEN_MS = 15_000;
const SHOWN = 12;

const wanted = readArguments(process.argv.slice(2), () => randomInt(1, 1_000_000_000));
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => process.exit(130));
const servers = await Servers.start();
const failed: number[] = [];
for (const seed of wanted.seeds) {
  const result = await play(seed, wanted);
  if (result.differences.length > 0) failed.push(seed);
  if (wanted.broken && failed.length > 0) break;
}
await servers.stop(failed.length > 0 && !wanted.broken);
process.exit(verdict(wanted, failed));

async function play(seed: number, { kinds, lengthMs, broken }: Wanted): Promise<SeedResult> {
  console.log(`seed ${seed}${broken ? `, with ${broken} broken on purpose` : ''}`);
  const drainMs = broken ? DRAIN_BROKEN_MS : DRAIN_MS;
  const result = await playSeed(servers, { seed, kinds, lengthMs, drainMs, broken }, (line) => console.log(line));
  report(seed, result);
  return result;
}

function report(seed: number, { differences, faults, drainedMs, observed }: SeedResult): void {
  const { facts, effects, deadLetters, stream } = observed;
  console.log(
    `  ${faults} faults, ${facts.length} committed events, ${stream.length} on the stream, ${effects.length} effects, ` +
      `${deadLetters.length} dead letters; drained ${(drainedMs / 1_000).toFixed(1)} s after the last fault`,
  );
  for (const text of differences.slice(0, SHOWN)) console.log(`  ✗ ${text}`);
  if (differences.length > SHOWN) console.log(`  ✗ … and ${differences.length - SHOWN} more`);
  if (differences.length === 0) console.log(`  ✓ seed ${seed}: each handled once in effect, in order, none lost, none left over`);
}

function verdict({ broken, seeds, lengthMs }: Wanted, bad: readonly number[]): number {
  if (broken) {
    console.log(bad.length > 0 ? `caught: ${broken} is broken, and the model saw it` : `NOT caught: ${broken} is broken and no seed showed it`);
    return bad.length > 0 ? 0 : 1;
  }
  console.log(`${seeds.length - bad.length} of ${seeds.length} seeds held`);
  for (const seed of bad) console.log(`  again: npm run test:faults -- --seed ${seed} --seconds ${lengthMs / 1_000}`);
  if (bad.length > 0) console.log(`  the logs are in ${servers.folder}`);
  return bad.length > 0 ? 1 : 0;
}
