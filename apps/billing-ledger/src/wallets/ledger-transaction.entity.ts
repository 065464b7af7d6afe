import type { LedgerTransactionView } from '#leadwire/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { shownMoney } from '../pricing/rules/money.js';

/** A line of the wallet's statement; its id is that of the posting it tells of. */
@Entity('billing_ledger_transactions')
export class LedgerTransactionEntity {
  @PrimaryColumn({ type: 'uuid' }) id: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ name: 'wallet_id', type: 'uuid' }) walletId: string;
  @Column({ type: 'bigint' }) sequence: string;
  @Column({ name: 'transaction_type', type: 'text' }) type: string;
  @Column({ type: 'numeric' }) amount: string;
  @Column({ name: 'balance_before', type: 'numeric' }) balanceBefore: string;
  @Column({ name: 'balance_after', type: 'numeric' }) balanceAfter: string;
  @Column({ name: 'reference_type', type: 'text', nullable: true }) referenceType: string | null;
  @Column({ name: 'reference_id', type: 'uuid', nullable: true }) referenceId: string | null;
  @Column({ type: 'text', nullable: true }) description: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
}

export function ledgerTransactionView(row: LedgerTransactionEntity): LedgerTransactionView {
  const { id, type, referenceType, referenceId, description } = row;
  return {
    id, type, referenceType, referenceId, description,
    sequence: Number(row.sequence),
    amount: shownMoney(row.amount),
    balanceBefore: shownMoney(row.balanceBefore),
    balanceAfter: shownMoney(row.balanceAfter),
    createdAt: row.createdAt.toISOString(),
  };
}
