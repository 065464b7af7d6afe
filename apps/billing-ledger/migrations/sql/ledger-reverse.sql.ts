export const ledgerReverse = `
-- Undo a topup, debit or capture, once and in full, by a posting that names it. A capture's money goes back to
-- the available balance, not to the resolved hold; its released rest (line 0) is not taken again.
-- p_allow_negative: for a dispute, where money already spent leaves whether or not the wallet still has it.
create function ledger_reverse(
  p_posting_id uuid, p_idempotency_key text, p_reverses_posting_id uuid, p_allow_negative boolean,
  p_context ledger_context
) returns ledger_result language plpgsql as $$
declare
  w billing_wallets;
  p ledger_postings;
  m ledger_move;
  v_result ledger_result;
  v_shortfall numeric;
begin
  v_result := ledger_check_call(p_posting_id, p_idempotency_key, 1);
  if v_result.verdict is not null then return v_result; end if;
  select * into p from ledger_postings where tenant_id = ledger_tenant() and id = p_reverses_posting_id;
  if not found then return ledger_refusal('not_found', 'posting'); end if;
  w := ledger_lock_wallet(p.wallet_id);
  m.input_hash := ledger_hash('reverse', p.id::text);
  v_result := ledger_replay(p_idempotency_key, m.input_hash);
  if v_result.verdict is not null then return v_result; end if;
  if p.operation not in ('topup', 'debit', 'capture') then
    return ledger_refusal('invalid', 'not_reversible');
  end if;
  select id into v_result.posting_id from ledger_postings
  where tenant_id = w.tenant_id and reverses_posting_id = p.id;
  if found then
    v_result.verdict := 'already_resolved';
    v_result.reason := 'reversed';
    return v_result;
  end if;
  if p.operation = 'topup' and p_allow_negative is not true then
    v_shortfall := ledger_shortfall(w, p.amount);
    if v_shortfall > 0 then return ledger_insufficient(w, p.amount, v_shortfall); end if;
  end if;
  m.posting_id := p_posting_id;
  m.operation := 'reverse';
  m.idempotency_key := p_idempotency_key;
  m.transaction_type := case p.operation when 'topup' then 'adjustment' else 'credit' end;
  m.amount := p.amount;
  m.reverses_posting_id := p.id;
  m.components := p.components;
  select array_agg(row(e.line, case a.kind when 'wallet_reserved' then 'wallet_available' else a.kind end,
    a.key, -e.amount)::ledger_leg order by e.line, e.leg)
  into m.legs
  from ledger_entries e
  join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
  where e.tenant_id = p.tenant_id and e.posting_id = p.id and e.line > 0;
  return ledger_post(w, m, p_context);
end $$;
`;
