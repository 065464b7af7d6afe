import type { Contestant, Lane } from '../contestants/contestant.js';
import { EventSource } from '../servers/bench-event.js';
import type { StreamAudit } from '../servers/bench-stream.js';
import type { World } from '../servers/world.js';

const POLL_MS = 5;
const DEADLINE_MS = 180_000;

/** What came of draining a backlog. */
export interface Drained {
  readonly events: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** What the stream was found to hold; undefined for who publishes nothing. */
  readonly audit?: StreamAudit;
}

/** Commits a backlog, starts the contestant, and waits until all of it is on the stream and known to be. */
export async function drain(contestant: Contestant, world: World, events: number, aggregates: number): Promise<Drained> {
  const lane = await contestant.open(world);
  try {
    await lane.fill(new EventSource(aggregates).take(events));
    // A checkpoint or a vacuum that one contestant caused must not fall into the time of the next.
    await world.sql.query('checkpoint');
    const began = performance.now();
    await lane.start();
    await arrived(lane, events);
    const seconds = (performance.now() - began) / 1000;
    const audit = await lane.stream?.audit();
    assertWhole(contestant, events, audit);
    return { events, seconds, perSecond: events / seconds, ...(audit && { audit }) };
  } finally {
    await lane.close();
  }
}

async function arrived(lane: Lane, events: number): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  const { stream } = lane;
  if (stream) await poll(deadline, async () => (await stream.messages().catch(() => 0)) >= events);
  await poll(deadline, async () => (await lane.pending()) === 0);
}

async function poll(deadline: number, there: () => Promise<boolean>): Promise<void> {
  while (!(await there())) {
    if (performance.now() > deadline) throw new Error('did not drain in three minutes');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function assertWhole(contestant: Contestant, events: number, audit: StreamAudit | undefined): void {
  if (audit && audit.events !== events) throw new Error(`${contestant.name} published ${audit.events} of ${events} events`);
  if (audit && contestant.claimsOrder && audit.disordered > 0) throw new Error(`${contestant.name} broke its order ${audit.disordered} times`);
}
