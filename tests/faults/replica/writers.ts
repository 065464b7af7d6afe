import type { DomainEvent } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import type { Outbox } from '#leadwire/messaging';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../plan/random.js';
import { halted, stepped, type Told } from './events.js';
import type { ReplicaOrders } from './orders.js';
import type { Service } from './service.js';

/** Tells an event and notes it among the facts, in one transaction. */
export async function noteFact(tx: TenantTx, outbox: Outbox, event: DomainEvent<Told>, aggregateId: string, told: Told): Promise<void> {
  await tx.query('insert into facts (event_type, aggregate_id, mark, n, poison) values ($1, $2, $3, $4, $5)', [
    event.type, aggregateId, told.mark, told.n, told.poison,
  ]);
  await outbox.add(tx, event, aggregateId, told);
}

class Aborted extends Error {}

/** Writes transactions of many kinds, one after the other: short, long, of several aggregates, aborted, urgent. */
export class Writer {
  private readonly random: Random;
  private readonly own: string[] = [];
  private written = 0;

  constructor(
    private readonly service: Service,
    private readonly orders: ReplicaOrders,
    private readonly name: string,
    seed: number,
  ) {
    this.random = new Random(seed);
  }

  /** Writes until told to stop. What fails is let go: only what committed counts. */
  async run(writing: () => boolean): Promise<void> {
    while (writing()) {
      await this.write().catch(() => undefined);
      await sleep(this.random.whole(100, 400));
    }
  }

  private async write(): Promise<void> {
    const { random } = this;
    const kind = random.next();
    const aggregates = Array.from({ length: kind < 0.5 ? 1 : random.whole(1, 4) }, () => this.aggregate());
    const each = kind > 0.97 ? random.whole(8, 20) : random.whole(1, 2);
    await this.service.database.forTenantAsService(random.pick(this.orders.tenants), async (tx) => {
      for (const aggregateId of aggregates) {
        for (let i = 0; i < each; i++) await this.tell(tx, aggregateId);
        if (kind > 0.7 && kind < 0.8) await sleep(random.whole(50, 900));
      }
      if (kind > 0.6 && kind < 0.7) throw new Aborted();
    });
  }

  private aggregate(): string {
    const { random, orders, own } = this;
    if (random.chance(0.5)) return random.pick(orders.busy);
    if (own.length > 0 && random.chance(0.6)) return random.pick(own);
    own.push(newId());
    return own.at(-1)!;
  }

  // Half of the aggregates count under their own lock, so that their order is known from outside; the others have no
  // lock but the outbox's.
  private async tell(tx: TenantTx, aggregateId: string): Promise<void> {
    const counted = Number.parseInt(aggregateId.at(-2)!, 16) % 2 === 0;
    const told = { mark: `${this.name}-${++this.written}`, n: counted ? await nextNumber(tx, aggregateId) : 0, poison: this.random.chance(0.02) };
    await noteFact(tx, this.service.outbox, this.random.chance(0.08) ? halted : stepped, aggregateId, told);
  }
}

async function nextNumber(tx: TenantTx, aggregateId: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    'insert into counters as c (aggregate_id, n) values ($1, 1) on conflict (tenant_id, aggregate_id) do update set n = c.n + 1 returning n',
    [aggregateId],
  );
  return row!.n;
}
