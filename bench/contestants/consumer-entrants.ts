import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import pg from 'pg';
import type { LeadwireService } from '../leadwire/replica.js';
import type { Entrant } from '../measure/rounds.js';
import { pieces, type BenchEvent } from '../servers/bench-event.js';
import { connectBus, type World } from '../servers/world.js';
import { BareConsumer } from './bare-consumer.js';
import { bareEffects, EFFECT, EFFECT_AND_INBOX, makeBareEffects } from './bare-effects.js';

/** What all of them handle: the same events, on the stream of the product's service. */
export interface Course {
  readonly world: World;
  readonly service: LeadwireService;
  readonly stream: string;
  readonly events: readonly BenchEvent[];
}

/** One way to handle them. */
export interface ConsumerEntrant extends Entrant {
  /** Handles them and answers how long it took, s; throws when one is missing, doubled or out of order. */
  handle(course: Course, round: number): Promise<number>;
}

/** The product: consumers with the inbox, `batch` events handed over at most. */
export function leadwireConsumer(batch: number): ConsumerEntrant {
  return {
    key: `leadwire-${batch}`,
    name: batch === 1 ? 'leadwire, one by one' : `leadwire, batches of ${batch}`,
    async handle({ service, events }, round) {
      await service.forgetEffects();
      const replica = await service.replica();
      const counter = new Counter(events.length);
      const began = performance.now();
      try {
        await replica.consume(`consume-${batch}-${round}`, batch, counter.one);
        await counter.all;
        const seconds = secondsSince(began);
        const { effects, inbox, disordered } = await service.effects();
        if (effects !== events.length || inbox !== events.length || disordered > 0) throw new Error(`${effects} effects, ${inbox} in the inbox, ${disordered} out of order, of ${events.length}`);
        return seconds;
      } finally {
        await replica.stop();
      }
    },
  };
}

/** The effect's SQL with no bus: batches, on a number of connections. */
export function sqlConsumer(batch: number, connections: number, inbox = false): ConsumerEntrant {
  return {
    key: `sql-${batch}${connections > 1 ? `x${connections}` : ''}${inbox ? '-inbox' : ''}`,
    name: `SQL alone: ${inbox ? 'inbox and effect' : 'effect'}, ${batch === 1 ? 'one by one' : `batches of ${batch}`}, ${connections} connection${connections > 1 ? 's' : ''}`,
    async handle({ world, events }) {
      await makeBareEffects(world.sql);
      const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: world.adminUrl }));
      await Promise.all(clients.map((client) => client.connect()));
      const queue = pieces(events, batch).map((piece) => [piece.map(({ id }) => id), piece.map(({ aggregateId }) => aggregateId), piece.map(({ n }) => n)]);
      const began = performance.now();
      await Promise.all(
        clients.map(async (client) => {
          for (let values = queue.shift(); values; values = queue.shift()) await client.query({ name: 'effect', text: inbox ? EFFECT_AND_INBOX : EFFECT, values });
        }),
      );
      const seconds = secondsSince(began);
      await Promise.all(clients.map((client) => client.end()));
      assertAll(await bareEffects(world.sql), events.length);
      return seconds;
    },
  };
}

/** JetStream with no database: pull and acknowledge. */
export const pullCeiling: ConsumerEntrant = {
  key: 'pull',
  name: 'ceiling: pull and acknowledge alone',
  async handle({ world, stream, events }) {
    const bus = await connectBus(world.natsUrl);
    const manager = await jetstreamManager(bus);
    await manager.consumers.add(stream, { durable_name: 'pull', ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All, max_ack_pending: 5_000 });
    let pulled = 0;
    const began = performance.now();
    const messages = await (await jetstream(bus).consumers.get(stream, 'pull')).consume({ max_messages: 2_000 });
    for await (const message of messages) {
      message.ack();
      if (++pulled === events.length) break;
    }
    const seconds = secondsSince(began);
    await manager.consumers.delete(stream, 'pull');
    await bus.close();
    return seconds;
  },
};

/** The least code that does the whole of it. */
export const bareConsumer: ConsumerEntrant = {
  key: 'bare-consumer',
  name: 'bare consumer: pull, inbox and effect in batches, acknowledge',
  async handle({ world, stream, events }) {
    const counter = new Counter(events.length);
    const began = performance.now();
    const consumer = await BareConsumer.start(world, stream, counter.one);
    await counter.all;
    const seconds = secondsSince(began);
    await consumer.stop();
    assertAll(await bareEffects(world.sql), events.length);
    return seconds;
  },
};

const secondsSince = (began: number): number => (performance.now() - began) / 1000;

function assertAll(effects: number, events: number): void {
  if (effects !== events) throw new Error(`${effects} effects of ${events} events`);
}

/** Waits for a number of calls. */
class Counter {
  readonly all: Promise<void>;
  private reached: () => void = () => undefined;
  private count = 0;

  constructor(private readonly wanted: number) {
    this.all = new Promise((resolve) => (this.reached = resolve));
  }

  readonly one = (): void => {
    if (++this.count === this.wanted) this.reached();
  };
}
