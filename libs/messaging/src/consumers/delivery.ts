import type { Database, TenantTx } from '#leadwire/database';
import { serviceCaller, type Caller } from '#leadwire/kernel';
import type { ReceivedEvent } from './received-event.js';

// Claimed in id order: two replicas that hold the same events for a moment wait for each other instead of deadlocking.
// Which were won is told only when not all were: reading the ids back would cost more than the rest.
const CLAIM = `
  with won as (
    insert into inbox (consumer, event_id, event_type, occurred_at)
    select $1, * from unnest($2::uuid[], $3::text[], $4::timestamptz[]) as given (event_id) order by given.event_id
    on conflict do nothing returning event_id
  )
  select case when count(*) < $5 then coalesce(array_agg(event_id::text), '{}') end as some from won`;

// What of a replay was handled before. What was not is left to its ordinary lane, which keeps the order.
const HANDLED = `select array_agg(event_id::text) as some from inbox where consumer = $1 and event_id = any($2::uuid[])`;

/** Says that a delivery is a replay's. */
export interface ReplayNote {
  readonly id: string;
  /** Whether what leaves the house is to be sent, dialled or charged once more. */
  readonly effects: 'suppressed' | 'performed';
}

/** Events of one tenant, handed to a reaction together. */
export class Delivery {
  private committed = false;

  constructor(
    readonly consumer: string,
    /** In order per aggregate; some may have been handled before (see `transaction`). */
    readonly events: readonly ReceivedEvent<any>[],
    private readonly service: string,
    private readonly database: Database,
    /** Given when the events were handled before and are handled once more. */
    readonly replay?: ReplayNote,
  ) {}

  get tenantId(): string {
    return this.events[0]!.tenantId;
  }

  /** Who acts: this service, for the events' tenant. */
  get caller(): Caller {
    return serviceCaller(this.service, this.tenantId);
  }

  /**
   * The effect, in one transaction with the inbox rows: `fresh` are the events not handled before, and only they may
   * have an effect. Nothing runs when there are none. Slow work (inference, calls) belongs before it.
   */
  async transaction(work: (tx: TenantTx, fresh: readonly ReceivedEvent<any>[]) => Promise<void>): Promise<void> {
    await this.database.forTenant(this.caller, async (tx) => {
      const fresh = this.replay ? await this.handledBefore(tx) : await this.claim(tx);
      if (fresh.length > 0) await work(tx, fresh);
    });
    this.committed = true;
  }

  /** As `transaction`, one event after the other. */
  each(work: (tx: TenantTx, event: ReceivedEvent<any>) => Promise<void>): Promise<void> {
    return this.transaction(async (tx, fresh) => {
      for (const event of fresh) await work(tx, event);
    });
  }

  /** A reaction that returned without its transaction would lose the event: that is a fault of the reaction. */
  assertCommitted(): void {
    if (!this.committed) throw new Error(`consumer ${this.consumer} returned without delivery.transaction()`);
  }

  private async handledBefore(tx: TenantTx): Promise<readonly ReceivedEvent<any>[]> {
    const [row] = await tx.query<{ some: string[] | null }>(HANDLED, [this.consumer, arrayOf(this.events, (event) => event.id)]);
    const handled = new Set(row!.some);
    return this.events.filter((event) => handled.has(event.id));
  }

  private async claim(tx: TenantTx): Promise<readonly ReceivedEvent<any>[]> {
    const { events } = this;
    const [row] = await tx.query<{ some: string[] | null }>(CLAIM, [
      this.consumer,
      arrayOf(events, (event) => event.id),
      events.map((event) => event.type),
      arrayOf(events, (event) => event.occurredAt.toISOString()),
      events.length,
    ]);
    if (row!.some === null) return events;
    const won = new Set(row!.some);
    return events.filter((event) => won.delete(event.id));
  }
}

// An array in PostgreSQL's spelling, of values that need no quotes: the driver would look for some in each.
function arrayOf(events: readonly ReceivedEvent[], value: (event: ReceivedEvent) => string): string {
  return `{${events.map(value).join(',')}}`;
}
