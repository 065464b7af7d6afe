import type { TenantTx } from '#leadwire/database';

/** What a service published and handled for one tenant, counted in its own tables. */
export interface BackboneCounts {
  published: number;
  unpublished: number;
  handled: number;
  deadLetters: number;
  /** Milliseconds from the event's row to its committed effect; null when nothing was handled. */
  commitToHandledP50Ms: number | null;
  commitToHandledP99Ms: number | null;
}

const STATUS = `
  select (select count(*) from domain_events where processed)::int as published,
         (select count(*) from domain_events where not processed)::int as unpublished,
         (select count(*) from dead_letters where resolved_at is null)::int as "deadLetters",
         count(*)::int as handled,
         percentile_cont(0.5) within group (order by lag) as "commitToHandledP50Ms",
         percentile_cont(0.99) within group (order by lag) as "commitToHandledP99Ms"
  from (select extract(epoch from handled_at - occurred_at)::float8 * 1000 as lag from inbox) handled`;

/** Counts the transaction's tenant's events. */
export async function backboneCounts(tx: TenantTx): Promise<BackboneCounts> {
  const [row] = await tx.query<BackboneCounts>(STATUS);
  return row!;
}
