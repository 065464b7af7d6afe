const APPEND_ONLY_TABLES = [
  'ledger_accounts',
  'ledger_postings',
  'ledger_entries',
  'billing_ledger_transactions',
  'billing_payment_events',
];

const guard = (table: string) => `
create trigger ${table}_append_only before update or delete or truncate on ${table}
  for each statement execute function ledger_refuse_change();
alter table ${table} enable always trigger ${table}_append_only;
revoke all on ${table} from leadwire_billing_ledger;
grant select, insert on ${table} to leadwire_billing_ledger;
`;

/** History cannot be changed by anybody: the run-time role lacks the right, triggers refuse the owner too. */
export const appendOnly = `
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: correct it by a reversal', tg_table_name
    using errcode = 'restrict_violation';
end $$;
${APPEND_ONLY_TABLES.map(guard).join('')}`;
