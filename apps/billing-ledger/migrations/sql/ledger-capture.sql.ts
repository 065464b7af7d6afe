export const ledgerCapture = `
-- A reservation's wallet never changes, so it may be read before the wallet is locked; its status may not.
create function ledger_lock_reservation(p_reservation_id uuid) returns billing_reservations language sql as $$
  select * from billing_reservations where tenant_id = ledger_tenant() and id = p_reservation_id for update
$$;

create function ledger_already_resolved(p billing_reservations) returns ledger_result language plpgsql immutable as $$
declare
  v_result ledger_result := ledger_refusal('already_resolved', p.status);
begin
  v_result.posting_id := p.resolved_posting_id;
  v_result.wallet_id := p.wallet_id;
  v_result.reservation_id := p.id;
  v_result.currency := p.currency;
  v_result.amount := p.captured_amount;
  v_result.released := p.amount - p.captured_amount;
  return v_result;
end $$;

create function ledger_resolve(p billing_reservations, p_status text, p_captured numeric, p_posting_id uuid)
returns void language sql as $$
  update billing_reservations
  set status = p_status, captured_amount = p_captured, resolved_posting_id = p_posting_id,
    resolved_at = now(), updated_at = now()
  where tenant_id = p.tenant_id and id = p.id
$$;

-- Charge the components against the hold and give the rest back, in one posting. A hold past its time is
-- refused whether or not the sweeper has come by, so that the answer does not depend on when it comes.
create function ledger_capture(
  p_posting_id uuid, p_idempotency_key text, p_reservation_id uuid, p_components jsonb, p_context ledger_context
) returns ledger_result language plpgsql as $$
declare
  w billing_wallets;
  r billing_reservations;
  m ledger_move;
  v_result ledger_result;
begin
  m.amount := ledger_components_total(p_components);
  v_result := ledger_check_call(p_posting_id, p_idempotency_key, m.amount);
  if v_result.verdict is not null then return v_result; end if;
  w := ledger_lock_wallet((
    select wallet_id from billing_reservations where tenant_id = ledger_tenant() and id = p_reservation_id));
  if w.id is null then return ledger_refusal('not_found', 'reservation'); end if;
  m.input_hash := ledger_hash('capture', p_reservation_id::text, p_components::text,
    p_context.reference_type, p_context.reference_id::text);
  v_result := ledger_replay(p_idempotency_key, m.input_hash);
  if v_result.verdict is not null then return v_result; end if;
  r := ledger_lock_reservation(p_reservation_id);
  if r.status <> 'held' then return ledger_already_resolved(r); end if;
  if r.expires_at <= clock_timestamp() then return ledger_refusal('closed', 'reservation_expired'); end if;
  if m.amount > r.amount then
    v_result := ledger_insufficient(w, m.amount, m.amount - r.amount);
    v_result.reason := 'above_reservation';
    v_result.reservation_id := r.id;
    return v_result;
  end if;
  m.posting_id := p_posting_id;
  m.operation := 'capture';
  m.idempotency_key := p_idempotency_key;
  m.transaction_type := 'debit';
  m.released := r.amount - m.amount;
  m.reservation_id := r.id;
  m.components := p_components;
  m.legs := ledger_component_legs(p_components, w.id, 'wallet_reserved');
  if m.released > 0 then
    m.legs := m.legs || array[row(0, 'wallet_reserved', w.id, -m.released),
      row(0, 'wallet_available', w.id, m.released)]::ledger_leg[];
  end if;
  v_result := ledger_post(w, m, p_context);
  if v_result.verdict = 'ok' then perform ledger_resolve(r, 'captured', m.amount, p_posting_id); end if;
  return v_result;
end $$;
`;
