import type { Tx } from '#leadwire/database';
import type { Refusal } from './refusal-tally.js';

/** Adds refusals to the rows of their hour. */
export async function keepRefusals(tx: Tx, refusals: readonly Refusal[]): Promise<void> {
  await tx.query(KEEP, [JSON.stringify(refusals)]);
}

/** Deletes what is older than the audit's horizon. */
export async function forgetOldRefusals(tx: Tx): Promise<void> {
  await tx.query(`delete from refused_contexts where hour < now() - interval '90 days'`);
}

// In the order of the key, so that two replicas do not wait for each other's rows crosswise.
const KEEP = `
  insert into refused_contexts as kept
    (hour, operation, reason, claimed_issuer, claimed_tenant, refusals, first_at, last_at, last_request_id)
  select hour, operation, reason, issuer, "tenantId", refusals, "firstAt", "lastAt", "requestId"
  from json_to_recordset($1) as r(
    hour timestamptz, operation text, reason text, issuer text, "tenantId" text, refusals bigint,
    "firstAt" timestamptz, "lastAt" timestamptz, "requestId" text)
  order by 1, 2, 3, 4, 5
  on conflict (hour, operation, reason, claimed_issuer, claimed_tenant) do update set
    refusals = kept.refusals + excluded.refusals,
    first_at = least(kept.first_at, excluded.first_at),
    last_at = greatest(kept.last_at, excluded.last_at),
    last_request_id = excluded.last_request_id`;
