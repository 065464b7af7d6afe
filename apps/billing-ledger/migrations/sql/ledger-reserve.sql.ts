export const ledgerReserve = `
-- Hold the worst case. The context's reference is the reservation's owner, so it must be there.
create function ledger_reserve(
  p_posting_id uuid, p_idempotency_key text, p_reservation_id uuid, p_wallet_id uuid, p_amount text,
  p_currency text, p_expires_at timestamptz, p_context ledger_context
) returns ledger_result language plpgsql as $$
declare
  w billing_wallets;
  m ledger_move;
  v_result ledger_result;
  v_shortfall numeric;
begin
  m.amount := ledger_amount(p_amount);
  v_result := ledger_check_call(p_posting_id, p_idempotency_key, m.amount);
  if v_result.verdict is not null then return v_result; end if;
  if p_reservation_id is null then return ledger_refusal('invalid', 'reservation_id'); end if;
  if p_context.reference_type is null or p_context.reference_id is null then
    return ledger_refusal('invalid', 'reference');
  end if;
  w := ledger_lock_wallet(p_wallet_id);
  if w.id is null then return ledger_refusal('not_found', 'wallet'); end if;
  -- Ids and expiry are made anew by a caller that tries again, so they are no part of what makes it the same.
  m.input_hash := ledger_hash('reserve', p_wallet_id::text, trim_scale(m.amount)::text, p_currency,
    p_context.reference_type, p_context.reference_id::text);
  v_result := ledger_replay(p_idempotency_key, m.input_hash);
  if v_result.verdict is not null then return v_result; end if;
  if w.currency is distinct from p_currency then return ledger_refusal('invalid', 'currency_mismatch'); end if;
  if p_expires_at is null or p_expires_at <= clock_timestamp() then return ledger_refusal('invalid', 'expires_at'); end if;
  if w.status <> 'active' then return ledger_refusal('closed', 'wallet_' || w.status); end if;
  if exists (select from billing_reservations where tenant_id = w.tenant_id and id = p_reservation_id) then
    return ledger_refusal('conflict', 'reservation_id_taken');
  end if;
  v_shortfall := ledger_shortfall(w, m.amount);
  if v_shortfall > 0 then return ledger_insufficient(w, m.amount, v_shortfall); end if;
  m.posting_id := p_posting_id;
  m.operation := 'reserve';
  m.idempotency_key := p_idempotency_key;
  m.transaction_type := 'reservation';
  m.reservation_id := p_reservation_id;
  m.legs := array[row(1, 'wallet_available', w.id, -m.amount), row(1, 'wallet_reserved', w.id, m.amount)]::ledger_leg[];
  v_result := ledger_post(w, m, p_context);
  if v_result.verdict = 'ok' then
    insert into billing_reservations (tenant_id, id, wallet_id, amount, currency, reference_type, reference_id,
      expires_at, held_posting_id)
    values (w.tenant_id, p_reservation_id, w.id, m.amount, w.currency, p_context.reference_type,
      p_context.reference_id, p_expires_at, p_posting_id);
  end if;
  return v_result;
end $$;
`;
