/** Vocabulary shared by every ledger function: currencies, the caller's context, the one shape of an answer. */
export const ledgerTypes = `
-- Credits and money are different currencies: a wallet and an account hold exactly one.
create domain ledger_currency as text
  check (value in ('USD', 'EUR', 'GBP', 'AUD', 'CAD', 'INR', 'CREDIT'));

-- Why a posting happened; kept on the posting and on the statement.
create type ledger_context as (
  reference_type text, reference_id uuid, created_by uuid, description text, metadata jsonb
);

-- One leg of a posting. Credit is positive: what is owed to the customer, earned, or owed to a provider;
-- debit is negative: money waiting at the payment provider, provider cost. Each line sums to zero.
create type ledger_leg as (line smallint, kind text, key text, amount numeric);

create type ledger_move as (
  posting_id uuid, operation text, idempotency_key text, input_hash bytea, transaction_type text,
  amount numeric, released numeric, reservation_id uuid, reverses_posting_id uuid, components jsonb,
  legs ledger_leg[]
);

-- verdict: ok | replayed | conflict | insufficient | not_found | already_resolved | closed | invalid
create type ledger_result as (
  verdict text, reason text, posting_id uuid, wallet_id uuid, reservation_id uuid, currency text,
  amount numeric(24,6), released numeric(24,6), balance_before numeric(24,6), balance_after numeric(24,6),
  reserved numeric(24,6), available numeric(24,6), shortfall numeric(24,6)
);

create function ledger_tenant() returns uuid language sql stable as $$
  select nullif(current_setting('leadwire.tenant_id', true), '')::uuid
$$;

-- Amounts come as decimal text, so that NaN, exponents, signs and a 7th decimal are refused rather than
-- rounded: rounding (half-even, 6 decimals) happens once, in pricing, before an amount reaches the ledger.
create function ledger_amount_or_zero(p_text text) returns numeric language sql immutable as $$
  select case when p_text ~ '^[0-9]{1,12}([.][0-9]{1,6})?$' then p_text::numeric end
$$;

create function ledger_amount(p_text text) returns numeric language sql immutable as $$
  select nullif(ledger_amount_or_zero(p_text), 0)
$$;

create function ledger_hash(variadic p_input text[]) returns bytea language sql immutable as $$
  select sha256(convert_to(to_jsonb(p_input)::text, 'UTF8'))
$$;

create function ledger_refusal(p_verdict text, p_reason text) returns ledger_result language plpgsql immutable as $$
declare
  v_result ledger_result;
begin
  v_result.verdict := p_verdict;
  v_result.reason := p_reason;
  return v_result;
end $$;
`;
