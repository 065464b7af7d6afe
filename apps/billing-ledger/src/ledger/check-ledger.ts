import type { LedgerCheck, LedgerChecks, Nothing } from '#leadwire/contracts';
import { compareDecimals, subtractDecimals } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { shownMoney } from '../pricing/rules/money.js';
import { runLedgerChecks } from './sql/run-ledger-checks.js';

// Each from another place: what came in from the accounts of its sources, what was spent from revenue, the balance as
// the wallets store it, the charges as usage tells of them. One statement, so one moment: what is booked between two
// readings would make true sums look false.
const SUMS = `
  select
    (select coalesce(-sum(balance), 0) from ledger_account_balances where kind in ('stripe_clearing', 'promotional_credit')) as funded,
    (select coalesce(sum(balance), 0) from ledger_account_balances where kind = 'revenue') as spent,
    (select coalesce(sum(current_balance), 0) from billing_wallets) as balance,
    (select coalesce(sum(total_cost), 0) from billing_usage_events where status = 'charged') as charged`;

type Sums = Record<'funded' | 'spent' | 'balance' | 'charged', string>;

/** Checks the tenant's books, all of them each time. */
@Injectable()
export class CheckLedger {
  execute(call: Call<Nothing>): Promise<LedgerChecks> {
    return call.transaction(async (tx) => {
      const checked = await runLedgerChecks(tx.query);
      const open = checked.find(({ check }) => check === 'open_reservations')!.detail;
      const [sums] = await tx.query<Sums>(SUMS);
      const rules = checked.filter(({ check }) => check !== 'open_reservations');
      const { funded, spent, balance } = sums!;
      return {
        checks: [...rules.map(checkOf), ...sumChecks(sums!)],
        funded: shownMoney(funded), spent: shownMoney(spent), balance: shownMoney(balance), openReservations: open,
      };
    });
  }
}

function checkOf({ check, ok, detail }: { check: string; ok: boolean; detail: number }): LedgerCheck {
  return { name: check, holds: ok, detail: ok ? 'holds' : `${detail} wrong` };
}

function sumChecks({ funded, spent, balance, charged }: Sums): LedgerCheck[] {
  return [
    equal('balance_is_funded_minus_spent', balance, subtractDecimals(funded, spent)),
    equal('spent_is_sum_of_charged_usage', spent, charged),
  ];
}

function equal(name: string, left: string, right: string): LedgerCheck {
  return { name, holds: compareDecimals(left, right) === 0, detail: `${shownMoney(left)} = ${shownMoney(right)}` };
}
