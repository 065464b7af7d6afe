export const ledgerDebit = `
-- What every call must bring; null verdict: fine.
create function ledger_check_call(p_posting_id uuid, p_idempotency_key text, p_amount numeric)
returns ledger_result language plpgsql stable as $$
begin
  if ledger_tenant() is null then return ledger_refusal('invalid', 'tenant_missing'); end if;
  if p_posting_id is null then return ledger_refusal('invalid', 'posting_id'); end if;
  if p_idempotency_key is null or length(p_idempotency_key) not between 1 and 255 then
    return ledger_refusal('invalid', 'idempotency_key');
  end if;
  if p_amount is null then return ledger_refusal('invalid', 'amount'); end if;
  return null;
end $$;

-- Charge a wallet at once, without a reservation.
create function ledger_debit(
  p_posting_id uuid, p_idempotency_key text, p_wallet_id uuid, p_components jsonb, p_currency text,
  p_context ledger_context
) returns ledger_result language plpgsql as $$
declare
  w billing_wallets;
  m ledger_move;
  v_result ledger_result;
  v_shortfall numeric;
begin
  m.amount := ledger_components_total(p_components);
  v_result := ledger_check_call(p_posting_id, p_idempotency_key, m.amount);
  if v_result.verdict is not null then return v_result; end if;
  w := ledger_lock_wallet(p_wallet_id);
  if w.id is null then return ledger_refusal('not_found', 'wallet'); end if;
  m.input_hash := ledger_hash('debit', p_wallet_id::text, p_components::text, p_currency,
    p_context.reference_type, p_context.reference_id::text);
  v_result := ledger_replay(p_idempotency_key, m.input_hash);
  if v_result.verdict is not null then return v_result; end if;
  if w.currency is distinct from p_currency then return ledger_refusal('invalid', 'currency_mismatch'); end if;
  if w.status <> 'active' then return ledger_refusal('closed', 'wallet_' || w.status); end if;
  v_shortfall := ledger_shortfall(w, m.amount);
  if v_shortfall > 0 then return ledger_insufficient(w, m.amount, v_shortfall); end if;
  m.posting_id := p_posting_id;
  m.operation := 'debit';
  m.idempotency_key := p_idempotency_key;
  m.transaction_type := 'debit';
  m.components := p_components;
  m.legs := ledger_component_legs(p_components, w.id, 'wallet_available');
  return ledger_post(w, m, p_context);
end $$;
`;
