import type { Tx } from '#leadwire/database';

/** What of a service's events waits for its relay. */
export interface OutboxBacklog {
  readonly unpublished: number;
  /** Age of the oldest of them in seconds; null when there is none. */
  readonly oldestSeconds: number | null;
}

const BACKLOG = `
  select count(*)::float8 as unpublished, extract(epoch from clock_timestamp() - min(created_at))::float8 as "oldestSeconds"
  from domain_events where not processed`;

/** How far the relay is behind; of every tenant in the platform's transaction. */
export async function outboxBacklog(tx: Tx): Promise<OutboxBacklog> {
  return (await tx.query<OutboxBacklog>(BACKLOG))[0]!;
}
