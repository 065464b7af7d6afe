import { traceFields } from '#leadwire/bus';
import type { DomainEvent } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';

/** An event of one aggregate, to be told with others of its kind. */
export interface OutboxEntry<P> {
  aggregateId: string;
  payload: P;
}

// One statement for any number of events. The upsert locks each aggregate's counter until commit: whoever writes the
// next event of an aggregate waits for this transaction, so sequence order is commit order, and positions ascend with it.
// Counters are locked in id order, so two transactions that tell of the same aggregates cannot deadlock here.
const ADD = `
  with given as (
    select * from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) with ordinality as g(id, aggregate_id, payload, ord)
  ), counts as (
    select aggregate_id, count(*) as n from given group by aggregate_id order by aggregate_id
  ), bumped as (
    insert into aggregate_sequences as s (aggregate_type, aggregate_id, last_sequence)
    select $4, aggregate_id, n from counts
    on conflict (tenant_id, aggregate_type, aggregate_id) do update set last_sequence = s.last_sequence + excluded.last_sequence
    returning aggregate_id, last_sequence
  )
  insert into domain_events (id, event_type, event_version, aggregate_type, aggregate_id, aggregate_sequence, payload, metadata)
  select g.id, $5, $6, $4, g.aggregate_id,
         b.last_sequence - c.n + row_number() over (partition by g.aggregate_id order by g.ord),
         g.payload, $7
  from given g join bumped b using (aggregate_id) join counts c using (aggregate_id)
  order by g.ord`;

// One message of the bus holds 1 MiB and jsonb's text has spaces that JSON.stringify leaves out: what is let in here
// can be published. A row that cannot would stop every event behind it.
const MAX_PAYLOAD_BYTES = 512 * 1024;

/** Tells what happened: writes the event's row in the business transaction, so that both commit or neither. */
export class Outbox {
  private wake: () => void = () => undefined;

  /** Called after each commit that wrote events; the relay of this process registers itself here. */
  onCommit(wake: () => void): void {
    this.wake = wake;
  }

  /** Tells one event of one aggregate. */
  add<P extends object>(tx: TenantTx, event: DomainEvent<P>, aggregateId: string, payload: P): Promise<void> {
    return this.addMany(tx, event, [{ aggregateId, payload }]);
  }

  /** Tells one kind of event of many aggregates in one statement, in the order given. A payload holds 512 KiB at most. */
  async addMany<P extends object>(tx: TenantTx, event: DomainEvent<P>, entries: OutboxEntry<P>[]): Promise<void> {
    if (entries.length === 0) return;
    await tx.query(ADD, [
      entries.map(() => newId()),
      entries.map((entry) => entry.aggregateId),
      entries.map((entry) => payloadText(event.type, entry.payload)),
      event.aggregate,
      event.type,
      event.version,
      JSON.stringify({ actor: tx.caller.actor, trace: traceFields() }),
    ]);
    tx.afterCommit(this.wake);
  }
}

function payloadText(type: string, payload: object): string {
  const text = JSON.stringify(payload);
  if (Buffer.byteLength(text) > MAX_PAYLOAD_BYTES) throw new Error(`payload of ${type} is larger than ${MAX_PAYLOAD_BYTES} bytes`);
  return text;
}
