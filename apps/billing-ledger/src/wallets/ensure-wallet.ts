import type { TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { openWallet } from '../ledger/sql/open-wallet.js';

/** The one currency that tenants pay in today. */
export const CURRENCY = 'USD';
const LOW_BALANCE_THRESHOLD = '5';

const FIND = `select id from billing_wallets where currency = $1 and user_id is null`;
const WARN_BELOW = `update billing_wallets set low_balance_threshold = $2 where id = $1`;

/** The id of the tenant's wallet, opened when it is first asked for: nothing waits for the news that a tenant exists. */
export async function ensureWallet(tx: TenantTx): Promise<string> {
  const [existing] = await tx.query<{ id: string }>(FIND, [CURRENCY]);
  if (existing) return existing.id;
  const opened = await openWallet(tx.query, { walletId: newId(), currency: CURRENCY });
  if (!opened.walletId) throw new Error(`the tenant's wallet could not be opened: ${opened.reason}`);
  if (opened.verdict === 'ok') await tx.query(WARN_BELOW, [opened.walletId, LOW_BALANCE_THRESHOLD]);
  return opened.walletId;
}
