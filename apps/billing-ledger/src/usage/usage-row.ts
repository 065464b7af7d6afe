import type { UsageRecorded } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId, sumDecimals } from '#leadwire/kernel';
import { createHash } from 'node:crypto';
import type { PricedUsage } from '../pricing/rules/price-usage.js';
import { CURRENCY } from '../wallets/ensure-wallet.js';

const RECORD = `
  insert into billing_usage_events (tenant_id, id, feature_key, usage_items, total_quantity, currency, reservation_id, occurred_at, idempotency_key, input_hash)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (tenant_id, idempotency_key) do nothing returning id`;
const CHARGED = `
  update billing_usage_events set status = 'charged', usage_items = $2, total_cost = $3, provider_cost = $4,
    ledger_transaction_id = $5, error_message = $6, charged_at = now(), updated_at = now() where id = $1`;
const NOT_CHARGED = `
  update billing_usage_events set status = $2, error_message = $3, updated_at = now() where id = $1`;

/** Keeps what was used, pending. Undefined when this key was recorded before: a use is charged once, whoever reports it again. */
export async function recordUsage(tx: TenantTx, usage: UsageRecorded): Promise<string | undefined> {
  const { featureKey, items, reservationId, usedAt, idempotencyKey } = usage;
  const total = sumDecimals('0', ...items.map((item) => item.quantity));
  const hash = createHash('sha256').update(JSON.stringify([featureKey, items, reservationId, usedAt])).digest();
  const [row] = await tx.query<{ id: string }>(RECORD, [
    tx.tenantId, newId(), featureKey, JSON.stringify(items), total, CURRENCY, reservationId, usedAt, idempotencyKey, hash,
  ]);
  return row?.id;
}

/** The items are kept as they were charged, so that what was spent adds up from them. */
export async function markCharged(tx: TenantTx, id: string, usage: PricedUsage, postingId: string, remark: string | null): Promise<void> {
  await tx.query(CHARGED, [id, JSON.stringify(usage.items), usage.price, usage.cost, postingId, remark]);
}

export async function markNotCharged(tx: TenantTx, id: string, status: 'voided' | 'failed', reason: string): Promise<void> {
  await tx.query(NOT_CHARGED, [id, status, reason]);
}
