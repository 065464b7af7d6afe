import { type LedgerResult, toLedgerResult } from './ledger-result.js';
import type { Query } from './query.js';

/** What every ledger operation brings. The posting's id is a new UUIDv7 each time; the key stays on a retry. */
export interface LedgerCall {
  postingId: string;
  idempotencyKey: string;
  referenceType?: string;
  referenceId?: string;
  createdBy?: string;
  description?: string;
  metadata?: Record<string, unknown>;
}

const contextOf = (call: LedgerCall): unknown[] => [
  call.referenceType ?? null,
  call.referenceId ?? null,
  call.createdBy ?? null,
  call.description ?? null,
  call.metadata ? JSON.stringify(call.metadata) : null,
];

const placeholders = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `$${from + n}`);

/** Calls `operation(posting_id, key, ...own, context)`; `own` are the operation's own arguments, in order. */
export async function callLedger(
  query: Query,
  operation: string,
  call: LedgerCall,
  own: unknown[],
): Promise<LedgerResult> {
  const first = placeholders(1, 2 + own.length).join(', ');
  const context = placeholders(3 + own.length, 5).join(', ');
  const sql = `select * from ${operation}(${first}, row(${context})::ledger_context)`;
  const rows = await query(sql, [call.postingId, call.idempotencyKey, ...own, ...contextOf(call)]);
  return toLedgerResult(rows[0]);
}
