import { backOff } from '../consumers/back-off.js';
import type { ConsumerSpec, Reaction } from '../consumers/consumer.decorator.js';
import type { ConsumerSurroundings } from '../consumers/consumer-surroundings.js';
import { errorText } from '../consumers/error-text.js';
import { handleEvents } from '../consumers/handle-events.js';
import type { ReceivedEvent } from '../consumers/received-event.js';
import type { Leases } from '../leases/leases.js';
import { endReplay, nextReplay, noteProgress, type ReplayRow } from './replay-row.js';
import { replaySources, sourceEvents } from './source-events.js';

const POLL_MS = 1_000;
const BATCH = 200;

/** A reaction with what it declares. */
export interface Replayable {
  readonly spec: ConsumerSpec;
  readonly reaction: Reaction;
}

/**
 * Runs the replays asked for, one after the other, in one replica of the service at a time: hands the events that fit to
 * the consumer's reaction once more, in the stream's order, past the inbox.
 *
 * - Only what the consumer has handled (or given up on) before is handled again: what is new is its ordinary lane's.
 * - The reaction's SQL runs again as it stands, events that it tells included: it must be one that may run twice, as a
 *   projection's upsert does; `delivery.replay` tells a reaction that it is one.
 * - A consumer declared `outward` is not run, only counted, unless the replay performs its effects.
 * - After a crash it goes on behind the last part noted: the events of one part may be handled again once more.
 */
export class ReplayRunner {
  private readonly reactions = new Map<string, Replayable>();
  private leading = false;
  private stopped = false;
  private running?: Promise<void>;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly surroundings: ConsumerSurroundings,
    private readonly leases: Leases,
  ) {}

  /** Stands for the lease; the consumers are those that may be replayed. */
  start(reactions: readonly Replayable[]): void {
    for (const replayable of reactions) this.reactions.set(replayable.spec.name, replayable);
    this.leases.stand(`${this.surroundings.service}/replays`, { onWon: () => (this.leading = true), onLost: () => (this.leading = false) });
    this.timer = setInterval(() => void (this.running ??= this.runAll().finally(() => (this.running = undefined))), POLL_MS);
  }

  /** Finishes the part in hand; another replica goes on from there. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private get active(): boolean {
    return this.leading && !this.stopped;
  }

  private async runAll(): Promise<void> {
    const { database, logger } = this.surroundings;
    // One that meets an outage of something it needs waits for the next round, and holds up no other tenant's.
    const interrupted: string[] = [];
    for (let replay; this.active && (replay = await nextReplay(database, interrupted).catch(() => undefined)); ) {
      await this.run(replay).catch((error: unknown) => {
        interrupted.push(replay!.id);
        logger.warn({ err: error, replay: replay!.id }, 'replay: interrupted, trying again');
      });
    }
  }

  private async run(replay: ReplayRow): Promise<void> {
    const { database } = this.surroundings;
    const replayable = this.reactions.get(replay.consumer);
    if (!replayable) return endReplay(database, replay.id, `there is no consumer ${replay.consumer}`);
    for (const service of replaySources(replayable.spec)) {
      for await (const part of sourceEvents(this.surroundings.service, service, replay, replayable.spec, this.surroundings.bus, BATCH)) {
        if (!this.active) return;
        const error = await this.hand(part.events, replayable, replay);
        if (error !== undefined) return endReplay(database, replay.id, errorText(error));
        const suppressed = suppresses(replayable.spec, replay) ? part.events.length : 0;
        const progress = { total: part.events.length, replayed: part.events.length - suppressed, suppressed };
        await noteProgress(database, replay.id, progress, { [service]: part.position });
      }
    }
    if (this.active) await endReplay(database, replay.id, null);
  }

  private async rest(ms: number): Promise<void> {
    const end = performance.now() + ms;
    while (this.active && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, Math.min(ms, 100)));
  }

  // Answers the error that it failed with for good. An outage is waited for by the next poll.
  private async hand(events: readonly ReceivedEvent[], { spec, reaction }: Replayable, replay: ReplayRow): Promise<unknown> {
    if (suppresses(spec, replay)) return undefined;
    const size = spec.batch ?? 1;
    for (let i = 0; i < events.length; i += size) {
      if (!this.active) throw new Error('another replica goes on with it');
      const error = await this.handBatch(events.slice(i, i + size), { spec, reaction }, replay);
      if (error !== undefined) return error;
    }
    return undefined;
  }

  private async handBatch(events: readonly ReceivedEvent[], { spec, reaction }: Replayable, { id, effects }: ReplayRow): Promise<unknown> {
    for (let attempts = 1; ; attempts++) {
      try {
        return await handleEvents(spec, reaction, events, this.surroundings, { id, effects }).then(() => undefined);
      } catch (error) {
        const verdict = backOff(error, attempts, spec.backOff);
        if (verdict === 'dead') return error;
        if (!verdict.counts) throw error;
        await this.rest(verdict.retryInMs);
        if (!this.active) throw error;
      }
    }
  }
}

function suppresses(spec: ConsumerSpec, replay: ReplayRow): boolean {
  return spec.outward === true && replay.effects === 'suppressed';
}
