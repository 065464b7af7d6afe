import { setTimeout as sleep } from 'node:timers/promises';
import { differences } from './model/differences.js';
import { untilDrained } from './model/drained.js';
import { LISTENERS } from './model/listeners.js';
import { observe } from './model/observe.js';
import type { Observed } from './model/observed.js';
import { FAULTS, type FaultKind } from './plan/every-fault.js';
import { Random } from './plan/random.js';
import { schedule } from './plan/schedule.js';
import type { Break, FromReplica } from './replica/orders.js';
import type { Servers } from './stage/servers.js';
import { Stage } from './stage/stage.js';

const TOLD_MS = 60_000;

/** How a seed is to be played. */
export interface SeedOrders {
  readonly seed: number;
  readonly kinds: readonly FaultKind[];
  /** How long faults happen, ms. */
  readonly lengthMs: number;
  /** How long draining may take after the last fault, ms. */
  readonly drainMs: number;
  readonly broken?: Break;
}

/** What came of a seed. */
export interface SeedResult {
  readonly differences: readonly string[];
  readonly faults: number;
  readonly drainedMs: number;
  readonly observed: Observed;
}

/** Plays one seed: replicas at work, faults, then peace, and in the end the comparison with what must be true. */
export async function playSeed(servers: Servers, orders: SeedOrders, print: (line: string) => void): Promise<SeedResult> {
  const begun = performance.now();
  const tell = (text: string): void => print(`  ${((performance.now() - begun) / 1_000).toFixed(1).padStart(6)} s  ${text}`);
  const stage = await Stage.set(servers, { seed: orders.seed, broken: orders.broken, tell });
  const killNow = (): void => stage.killNow();
  process.on('exit', killNow);
  try {
    for (const { process: replica } of stage.players) replica.start();
    await untilAll(stage, 'started');
    const faults = await playFaults(stage, orders);
    for (const { process: replica } of stage.players) replica.change({ writing: false });
    await untilAll(stage, 'quiet');
    const peace = performance.now();
    const left = await untilDrained(stage, orders.drainMs);
    const drainedMs = performance.now() - peace;
    if (left) noteLeft(stage, orders, left);
    const observed = await observe(stage);
    await stage.strike();
    return { differences: [...stage.complaints, ...differences(observed, LISTENERS)], faults, drainedMs, observed };
  } finally {
    process.off('exit', killNow);
    stage.killNow();
  }
}

// What goes on working would make a picture of several moments.
function noteLeft(stage: Stage, { drainMs }: SeedOrders, left: string): void {
  stage.complaints.push(`not drained: ${drainMs / 1_000} s after the last fault, ${left}`);
  stage.killNow();
}

async function untilAll(stage: Stage, what: FromReplica): Promise<void> {
  const deadline = performance.now() + TOLD_MS;
  while (!stage.players.every(({ process: replica }) => replica.has(what))) {
    if (performance.now() > deadline) throw new Error(`not every replica was ${what} in ${TOLD_MS / 1_000} s; see their logs`);
    await sleep(20);
  }
}

async function playFaults(stage: Stage, { seed, kinds, lengthMs }: SeedOrders): Promise<number> {
  const planned = schedule(new Random(seed), kinds, lengthMs);
  const begun = performance.now();
  const playing: Promise<void>[] = [];
  for (const { atMs, kind, random } of planned) {
    await sleep(Math.max(0, atMs - (performance.now() - begun)));
    playing.push(FAULTS[kind](stage, random).catch((error: unknown) => stage.play.tell(`(${kind} could not be played: ${String(error)})`)));
  }
  await sleep(Math.max(0, lengthMs - (performance.now() - begun)));
  stage.endFaults();
  await Promise.all(playing);
  return planned.length;
}
