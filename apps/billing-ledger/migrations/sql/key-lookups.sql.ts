const OPERATIONS = [
  'ledger_topup',
  'ledger_debit',
  'ledger_reserve',
  'ledger_capture',
  'ledger_release',
  'ledger_reverse',
  'ledger_entries_guard',
  'ledger_statement_guard',
];

/**
 * A posting only ever looks rows up by their keys, so that is the only plan allowed: a connection that first
 * planned on small tables would keep reading them whole when they are large. Holds for what these call, too.
 */
export const keyLookups = OPERATIONS.map(
  (name) => `alter function ${name} set enable_seqscan = off;
alter function ${name} set enable_bitmapscan = off;
alter function ${name} set enable_hashjoin = off;
alter function ${name} set enable_mergejoin = off;
alter function ${name} set enable_material = off;`,
).join('\n');
