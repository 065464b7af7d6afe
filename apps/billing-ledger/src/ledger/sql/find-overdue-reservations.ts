import type { Query } from './query.js';

export interface OverdueReservation {
  tenantId: string;
  reservationId: string;
  walletId: string;
  expiresAt: Date;
}

/**
 * For the sweeper, of all tenants: `query` must run as `leadwire_billing_ledger_platform`. Each is then released
 * with outcome `expired` in a transaction of its own tenant; a race with its capture is decided there.
 */
export async function findOverdueReservations(query: Query, limit: number): Promise<OverdueReservation[]> {
  const rows = await query(
    `select tenant_id, id, wallet_id, expires_at from billing_reservations
     where status = 'held' and expires_at <= now() order by expires_at limit $1`,
    [limit],
  );
  return rows.map((row) => ({
    tenantId: String(row.tenant_id),
    reservationId: String(row.id),
    walletId: String(row.wallet_id),
    expiresAt: new Date(row.expires_at as string | Date),
  }));
}
