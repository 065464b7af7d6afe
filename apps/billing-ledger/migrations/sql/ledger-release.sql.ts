export const ledgerRelease = `
-- Give the whole hold back. p_outcome: released, or expired (only once its time is over: the sweeper's word).
create function ledger_release(
  p_posting_id uuid, p_idempotency_key text, p_reservation_id uuid, p_outcome text, p_context ledger_context
) returns ledger_result language plpgsql as $$
declare
  w billing_wallets;
  r billing_reservations;
  m ledger_move;
  v_result ledger_result;
begin
  v_result := ledger_check_call(p_posting_id, p_idempotency_key, 1);
  if v_result.verdict is not null then return v_result; end if;
  if p_outcome is null or p_outcome not in ('released', 'expired') then
    return ledger_refusal('invalid', 'outcome');
  end if;
  w := ledger_lock_wallet((
    select wallet_id from billing_reservations where tenant_id = ledger_tenant() and id = p_reservation_id));
  if w.id is null then return ledger_refusal('not_found', 'reservation'); end if;
  m.input_hash := ledger_hash('release', p_reservation_id::text, p_outcome);
  v_result := ledger_replay(p_idempotency_key, m.input_hash);
  if v_result.verdict is not null then return v_result; end if;
  r := ledger_lock_reservation(p_reservation_id);
  if r.status <> 'held' then return ledger_already_resolved(r); end if;
  if p_outcome = 'expired' and r.expires_at > clock_timestamp() then
    return ledger_refusal('invalid', 'not_expired');
  end if;
  m.posting_id := p_posting_id;
  m.operation := 'release';
  m.idempotency_key := p_idempotency_key;
  m.transaction_type := 'release';
  m.amount := r.amount;
  m.released := r.amount;
  m.reservation_id := r.id;
  m.legs := array[row(1, 'wallet_reserved', w.id, -r.amount), row(1, 'wallet_available', w.id, r.amount)]::ledger_leg[];
  v_result := ledger_post(w, m, p_context);
  if v_result.verdict = 'ok' then perform ledger_resolve(r, p_outcome, 0, p_posting_id); end if;
  return v_result;
end $$;
`;
