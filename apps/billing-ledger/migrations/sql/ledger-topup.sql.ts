export const ledgerTopup = `
-- p_source: stripe_clearing (money, p_source_key names the payment provider) or promotional_credit (a grant).
create function ledger_topup(
  p_posting_id uuid, p_idempotency_key text, p_wallet_id uuid, p_amount text, p_currency text,
  p_source text, p_source_key text, p_context ledger_context
) returns ledger_result language plpgsql as $$
declare
  w billing_wallets;
  m ledger_move;
  v_result ledger_result;
begin
  m.amount := ledger_amount(p_amount);
  v_result := ledger_check_call(p_posting_id, p_idempotency_key, m.amount);
  if v_result.verdict is not null then return v_result; end if;
  if p_source is null or p_source not in ('stripe_clearing', 'promotional_credit')
    or p_source_key is null or p_source_key !~ '^[a-z][a-z0-9_.-]{0,63}$' then
    return ledger_refusal('invalid', 'source');
  end if;
  w := ledger_lock_wallet(p_wallet_id);
  if w.id is null then return ledger_refusal('not_found', 'wallet'); end if;
  m.input_hash := ledger_hash('topup', p_wallet_id::text, trim_scale(m.amount)::text, p_currency, p_source,
    p_source_key, p_context.reference_type, p_context.reference_id::text);
  v_result := ledger_replay(p_idempotency_key, m.input_hash);
  if v_result.verdict is not null then return v_result; end if;
  if w.currency is distinct from p_currency then return ledger_refusal('invalid', 'currency_mismatch'); end if;
  if w.status = 'closed' then return ledger_refusal('closed', 'wallet_closed'); end if;
  m.posting_id := p_posting_id;
  m.operation := 'topup';
  m.idempotency_key := p_idempotency_key;
  m.transaction_type := case p_source when 'stripe_clearing' then 'topup' else 'credit' end;
  m.legs := array[row(1, p_source, p_source_key, -m.amount), row(1, 'wallet_available', w.id, m.amount)]::ledger_leg[];
  return ledger_post(w, m, p_context);
end $$;
`;
