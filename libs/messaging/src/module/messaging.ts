import type { ConsumerRuntime } from '../consumers/consumer-runtime.js';
import type { ConsumerSpec, Reaction } from '../consumers/consumer.decorator.js';
import type { Leases } from '../leases/leases.js';
import type { ReplayRunner } from '../replay/replay-runner.js';
import type { Relay } from '../relay/relay.js';
import type { Retention } from '../retention/retention.js';

/** A reaction with its declaration. */
export interface DeclaredReaction {
  readonly spec: ConsumerSpec;
  readonly reaction: Reaction;
}

/** A process's part of its service's backbone, started and stopped together. */
export class Messaging {
  constructor(
    private readonly leases: Leases,
    private readonly relay: Relay,
    private readonly retention: Retention,
    private readonly consumers: ConsumerRuntime,
    private readonly replays: ReplayRunner,
  ) {}

  /** Stands for everything the service has to do; what takes work in comes last. */
  async start(reactions: readonly DeclaredReaction[]): Promise<void> {
    await this.relay.start();
    this.retention.start();
    this.replays.start(reactions);
    await this.consumers.start([...reactions]);
  }

  /** Finishes what is in hand, then gives up the leases: the next holder finds nothing half done. */
  async stop(): Promise<void> {
    await this.consumers.stop();
    await this.replays.stop();
    await this.retention.stop();
    await this.relay.stop();
    await this.leases.stop();
  }
}
