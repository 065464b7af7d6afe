const FUNCTIONS = [
  'ledger_open_wallet',
  'ledger_topup',
  'ledger_debit',
  'ledger_reserve',
  'ledger_capture',
  'ledger_release',
  'ledger_reverse',
  'ledger_checks',
  'ledger_entry_checks',
  'ledger_statement_checks',
  'ledger_reservation_checks',
  'ledger_usage_checks',
  'ledger_post',
  'ledger_write_entries',
  'ledger_lock_wallet',
  'ledger_lock_reservation',
  'ledger_already_resolved',
  'ledger_resolve',
  'ledger_insufficient',
  'ledger_shortfall',
  'ledger_replay',
  'ledger_check_call',
  'ledger_component_legs',
  'ledger_components_total',
  'ledger_component_is_valid',
  'ledger_refusal',
];

/** Everything of the first migration but the btree_gist extension, which others may use by now. */
export const dropLedger = `
${FUNCTIONS.map((name) => `drop function ${name};`).join('\n')}
drop view ledger_margins, ledger_account_balances;
drop table billing_payment_events, billing_payments, billing_usage_events, billing_markups,
  billing_pricing_catalog, ledger_entries, ledger_postings, ledger_accounts, billing_ledger_transactions,
  billing_reservations, billing_wallets;
drop function ledger_entries_guard, ledger_statement_guard, ledger_refuse_change, ledger_hash, ledger_amount,
  ledger_amount_or_zero, ledger_tenant;
drop type ledger_result, ledger_move, ledger_leg, ledger_context;
drop domain ledger_currency;
`;
