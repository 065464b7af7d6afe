import type { Query } from './query.js';

export interface LedgerCheck {
  check: string;
  ok: boolean;
  /** How many rows are wrong; for `open_reservations`, how many are open. */
  detail: number;
}

/** Every check of the ledger for the tenant of the transaction. */
export async function runLedgerChecks(query: Query): Promise<LedgerCheck[]> {
  const rows = await query('select check_name, ok, detail from ledger_checks()');
  return rows.map((row) => ({ check: String(row.check_name), ok: row.ok === true, detail: Number(row.detail) }));
}
