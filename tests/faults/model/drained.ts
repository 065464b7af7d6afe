import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICE } from '../replica/events.js';
import type { Stage } from '../stage/stage.js';
import { LISTENERS } from './listeners.js';
import { durables, parkedEvents } from './observe.js';

const LOOK_MS = 300;

/** Waits until nothing is left to do; answers what was still left when the time was up. */
export async function untilDrained(stage: Stage, limitMs: number): Promise<string | undefined> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const left = await leftOver(stage).catch((error: unknown) => `it could not be looked at: ${String(error)}`);
    if (!left) return undefined;
    if (performance.now() > deadline) return left;
    await sleep(LOOK_MS);
  }
}

async function leftOver(stage: Stage): Promise<string | undefined> {
  const [row] = await stage.database.rows<{ n: number }>(
    `select count(*)::int as n from ${SERVICE}.domain_events where not processed or (urgent and not expressed)`,
  );
  if (row!.n > 0) return `${row!.n} events to publish`;
  const parked = await parkedEvents(stage);
  if (parked > 0) return `${parked} events parked behind one that failed`;
  for (const { name, pending, unacknowledged } of await durables(stage)) {
    if (pending + unacknowledged > 0) return `${name}: ${pending} to deliver, ${unacknowledged} in hand`;
  }
  return unhandled(stage);
}

// An event without its effect whose durable says that it is done is lost: it is waited for in vain, and reported so.
async function unhandled(stage: Stage): Promise<string | undefined> {
  for (const { name, types } of LISTENERS) {
    const [row] = await stage.database.rows<{ n: number }>(
      `select count(*)::int as n from ${SERVICE}.domain_events e where event_type = any ($2)
         and not exists (select from ${SERVICE}.effects f where f.consumer = $1 and f.event_id = e.id)
         and not exists (select from ${SERVICE}.dead_letters d where d.consumer = $1 and d.event_id = e.id)`,
      [name, types],
    );
    if (row!.n > 0) return `${name}: ${row!.n} events not handled`;
  }
  return undefined;
}
