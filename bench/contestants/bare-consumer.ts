import { AckPolicy, jetstream, jetstreamManager, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import pg from 'pg';
import type { BenchPayload } from '../servers/bench-event.js';
import { connectBus, type World } from '../servers/world.js';
import { EFFECT_AND_INBOX, makeBareEffects } from './bare-effects.js';

const BATCH = 500;
const DURABLE = 'bare';

/**
 * The least code that takes events off a stream once in effect: what has arrived while a transaction ran makes the next
 * one, inbox and effect in one statement, then the acknowledgements. One loop, so in the stream's order.
 */
export class BareConsumer {
  private readonly waiting: JsMsg[] = [];
  private working?: Promise<void>;

  private constructor(
    private readonly bus: NatsConnection,
    private readonly client: pg.Client,
    private readonly messages: ConsumerMessages,
    private readonly handled: (aggregate: string, n: number) => void,
  ) {}

  static async start(world: World, stream: string, handled: (aggregate: string, n: number) => void): Promise<BareConsumer> {
    await makeBareEffects(world.sql);
    const [bus, client] = [await connectBus(world.natsUrl), new pg.Client({ connectionString: world.adminUrl })];
    await client.connect();
    const manager = await jetstreamManager(bus);
    await manager.consumers.delete(stream, DURABLE).catch(() => undefined);
    await manager.consumers.add(stream, { durable_name: DURABLE, ack_policy: AckPolicy.Explicit, max_ack_pending: 4 * BATCH });
    const messages = await (await jetstream(bus).consumers.get(stream, DURABLE)).consume({ max_messages: 2 * BATCH });
    const consumer = new BareConsumer(bus, client, messages, handled);
    void consumer.read();
    return consumer;
  }

  async stop(): Promise<void> {
    this.messages.stop();
    await this.working;
    await this.client.end();
    await this.bus.close();
  }

  private async read(): Promise<void> {
    for await (const message of this.messages) {
      this.waiting.push(message);
      this.working ??= this.work().finally(() => (this.working = undefined));
    }
  }

  private async work(): Promise<void> {
    // What is read in this turn of the loop still belongs to this batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) await this.handle(this.waiting.splice(0, BATCH));
  }

  private async handle(messages: JsMsg[]): Promise<void> {
    const steps = messages.map((message) => message.json<BenchPayload>());
    const ids = messages.map((message) => message.headers!.get('Nats-Msg-Id'));
    await this.client.query({ name: 'effect', text: EFFECT_AND_INBOX, values: [ids, steps.map(({ aggregate }) => aggregate), steps.map(({ n }) => n)] });
    for (const message of messages) message.ack();
    for (const { aggregate, n } of steps) this.handled(aggregate, n);
  }
}
