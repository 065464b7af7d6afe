import { traceFields } from '#leadwire/bus';
import { companionsOf, type DomainEvent } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { outboxAddSql, type ToldEvent } from './outbox-add.js';

/** An event of one aggregate, to be told with others of its kind. */
export interface OutboxEntry<P> {
  aggregateId: string;
  payload: P;
}

/**
 * What an event's payload may hold, as JSON.stringify spells it. One message of the bus holds 1 MiB and jsonb's text has
 * spaces besides: what is let in here can be published. A row that cannot would stop every event behind it.
 */
export const MAX_PAYLOAD_BYTES = 512 * 1024;

/**
 * Tells what happened: the events of a transaction are gathered and written with its COMMIT, in the same message to the
 * server, so that both commit or neither and it costs no round trip. What was told in a savepoint that is rolled back is
 * told all the same: tell it after the savepoint.
 */
export class Outbox {
  private wake: () => void = () => undefined;

  /** @param service whose events it tells: those of another belong on the other's stream. */
  constructor(private readonly service: string) {}

  private readonly told = new WeakMap<TenantTx, ToldEvent[]>();

  /** Called after each commit that wrote events; the relay of this process registers itself here. */
  onCommit(wake: () => void): void {
    this.wake = wake;
  }

  /** Tells one event of one aggregate. */
  async add<P extends object>(tx: TenantTx, event: DomainEvent<P>, aggregateId: string, payload: P): Promise<void> {
    await this.addMany(tx, event, [{ aggregateId, payload }]);
  }

  /** Tells one kind of event of many aggregates, in the order given. A payload holds 512 KiB at most, else it throws. */
  async addMany<P extends object>(tx: TenantTx, event: DomainEvent<P>, entries: OutboxEntry<P>[]): Promise<void> {
    if (event.service !== this.service) throw new Error(`${event.type} is told by ${event.service}, not by ${this.service}`);
    const metadata = { actor: tx.caller.actor, trace: traceFields() };
    const told = entries.map(({ aggregateId, payload }) => ({
      id: newId(),
      event,
      aggregateId,
      payload: payloadText(event.type, payload),
      metadata: withCompanions(metadata, event, payload),
    }));
    if (told.length > 0) this.gatheredIn(tx).push(...told);
  }

  private gatheredIn(tx: TenantTx): ToldEvent[] {
    const gathered = this.told.get(tx);
    if (gathered) return gathered;
    const events: ToldEvent[] = [];
    this.told.set(tx, events);
    tx.withCommit(() => outboxAddSql(tx.tenantId, events));
    tx.afterCommit(this.wake);
    return events;
  }
}

// Older versions are made here, by the declaration that knows how, and published beside the event by any relay.
function withCompanions<P extends object>(metadata: object, event: DomainEvent<P>, payload: P): object {
  if (!event.supersedes) return metadata;
  const companions = companionsOf(event, payload);
  for (const companion of companions) payloadText(event.type, companion.payload);
  return companions.length > 0 ? { ...metadata, companions } : metadata;
}

function payloadText(type: string, payload: object): string {
  const text = JSON.stringify(payload);
  if (Buffer.byteLength(text) > MAX_PAYLOAD_BYTES) throw new Error(`payload of ${type} is larger than ${MAX_PAYLOAD_BYTES} bytes`);
  return text;
}
