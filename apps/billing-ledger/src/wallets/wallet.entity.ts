import type { WalletView } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { subtractDecimals } from '#leadwire/kernel';
import { shownMoney } from '../pricing/rules/money.js';

/** Balances are a projection of the ledger's entries, which alone writes them. */
@Entity('billing_wallets')
export class WalletEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ name: 'user_id', type: 'uuid', nullable: true }) userId: string | null;
  @Column({ name: 'current_balance', type: 'numeric' }) currentBalance: string;
  @Column({ name: 'reserved_balance', type: 'numeric' }) reservedBalance: string;
  @Column({ type: 'text' }) currency: string;
  @Column({ type: 'text' }) status: string;
  @Column({ name: 'low_balance_threshold', type: 'numeric', nullable: true }) lowBalanceThreshold: string | null;
}

export function walletView(wallet: WalletEntity): WalletView {
  const { id, currency, status, currentBalance, reservedBalance } = wallet;
  return {
    id,
    currency,
    currentBalance: shownMoney(currentBalance),
    reservedBalance: shownMoney(reservedBalance),
    availableBalance: shownMoney(subtractDecimals(currentBalance, reservedBalance)),
    status,
  };
}
