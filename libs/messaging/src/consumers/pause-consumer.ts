import type { Tx } from '#leadwire/database';

/**
 * Pauses a consumer for all tenants, in every process within about a second, until it is resumed, restarts included.
 * What it has in hand is finished, nothing more is begun, nothing is lost. To be run in `withoutTenant`.
 */
export async function pauseConsumer(tx: Tx, consumer: string): Promise<void> {
  await tx.query('insert into paused_consumers (consumer) values ($1) on conflict do nothing', [consumer]);
}

/** The names of the consumers that are paused. */
export async function pausedConsumers(tx: Tx): Promise<Set<string>> {
  const rows = await tx.query<{ consumer: string }>('select consumer from paused_consumers');
  return new Set(rows.map((row) => row.consumer));
}

/** Since when each consumer that is paused has been so. */
export async function pausedSince(tx: Tx): Promise<Map<string, Date>> {
  const rows = await tx.query<{ consumer: string; at: Date }>('select consumer, paused_at as at from paused_consumers');
  return new Map(rows.map(({ consumer, at }) => [consumer, at]));
}

/** Lets a paused consumer go on where it stood. To be run in `withoutTenant`. */
export async function resumeConsumer(tx: Tx, consumer: string): Promise<void> {
  await tx.query('delete from paused_consumers where consumer = $1', [consumer]);
}
