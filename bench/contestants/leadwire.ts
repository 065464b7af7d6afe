import { LeadwireService, type LeadwireReplica } from '../leadwire/replica.js';
import { pieces, type BenchEvent } from '../servers/bench-event.js';
import type { BenchStream } from '../servers/bench-stream.js';
import type { World } from '../servers/world.js';
import type { Contestant, Lane } from './contestant.js';

/** How a Leadwire contestant differs from another. */
export interface LeadwireKind {
  readonly key?: string;
  readonly name?: string;
  /** Makes its world's service ready; called once. */
  prepare?(service: LeadwireService): Promise<void>;
  /** Where it works, if not where the others do. */
  world?(of: World): Promise<World>;
  /** Whether rows of former rounds stay. */
  readonly keepsRows?: boolean;
}

/** The product: the real Outbox, Relay, ConsumerRuntime and inbox, wired as a service wires them. */
export function leadwire(kind: LeadwireKind = {}): Contestant {
  let service: Promise<LeadwireService> | undefined;
  async function make(world: World): Promise<LeadwireService> {
    const made = await LeadwireService.create(kind.world ? await kind.world(world) : world);
    await kind.prepare?.(made);
    return made;
  }
  return {
    key: kind.key ?? 'leadwire',
    name: kind.name ?? 'leadwire',
    kind: 'leadwire',
    claimsOrder: true,
    settings: 'as a service runs it: one replica, its own consumer with the inbox',
    open: async (world) => LeadwireLane.open(await (service ??= make(world)), kind.keepsRows ?? false),
  };
}

class LeadwireLane implements Lane {
  private constructor(
    private readonly service: LeadwireService,
    private readonly replica: LeadwireReplica,
    readonly stream: BenchStream,
  ) {}

  static async open(service: LeadwireService, keepsRows: boolean): Promise<Lane> {
    const stream = await service.stream();
    await stream.remove();
    if (!keepsRows) await service.empty();
    return new LeadwireLane(service, await service.replica(), stream);
  }

  async fill(events: readonly BenchEvent[]): Promise<void> {
    for (const piece of pieces(events, 500)) await this.replica.write(piece);
  }

  write(event: BenchEvent): Promise<void> {
    return this.replica.write([event]);
  }

  start(): Promise<void> {
    return this.replica.startRelay();
  }

  pending(): Promise<number> {
    return this.service.unpublished();
  }

  consume(handled: (aggregate: string, n: number) => void): Promise<void> {
    return this.replica.consume('latency', 100, handled);
  }

  async close(): Promise<void> {
    await this.replica.stop();
    await this.stream.remove();
  }
}
