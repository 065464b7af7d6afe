import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import { captureReservation } from '../capture-reservation.js';
import type { ChargeComponent } from '../charge-component.js';
import { debitWallet } from '../debit-wallet.js';
import type { LedgerCall } from '../ledger-call.js';
import type { LedgerResult } from '../ledger-result.js';
import { openWallet, type OpenWallet } from '../open-wallet.js';
import { releaseReservation } from '../release-reservation.js';
import { reserveFunds } from '../reserve-funds.js';
import { reversePosting } from '../reverse-posting.js';
import { runLedgerChecks } from '../run-ledger-checks.js';
import { topupWallet } from '../topup-wallet.js';
import { asTenant } from './as-tenant.js';

export const charge = (price: string, cost = '0'): ChargeComponent[] => [
  { feature: 'voice-agent', provider: 'twilio', category: 'telephony', price, cost },
];

const call = (idempotencyKey: string): LedgerCall => ({ postingId: uuid(), idempotencyKey });

/** A tenant with one USD wallet, each operation in a transaction of its own; the key is new unless given. */
export class LedgerFixture {
  readonly tenantId = uuid();
  readonly walletId = uuid();

  constructor(private readonly pool: pg.Pool) {}

  async open(wallet: Partial<OpenWallet> = {}): Promise<this> {
    const opened = await this.as((query) =>
      openWallet(query, { walletId: this.walletId, currency: 'USD', ...wallet }),
    );
    expect(opened.verdict).toBe('ok');
    return this;
  }

  as: <T>(work: Parameters<typeof asTenant<T>>[2]) => Promise<T> = (work) => asTenant(this.pool, this.tenantId, work);

  topup = (amount: string, key: string = uuid(), walletId = this.walletId): Promise<LedgerResult> =>
    this.as((query) =>
      topupWallet(query, {
        ...call(key), walletId, amount, currency: 'USD', source: 'stripe_clearing', sourceKey: 'local',
      }),
    );

  debit = (components: ChargeComponent[], key: string = uuid()): Promise<LedgerResult> =>
    this.as((query) => debitWallet(query, { ...call(key), walletId: this.walletId, components, currency: 'USD' }));

  reserve = (
    amount: string,
    key: string = uuid(),
    reservationId: string = uuid(),
    expiresAt = new Date(Date.now() + 3_600_000),
  ): Promise<LedgerResult> =>
    this.as((query) =>
      reserveFunds(query, {
        ...call(key), reservationId, walletId: this.walletId, amount, currency: 'USD', expiresAt,
        referenceType: 'call', referenceId: this.walletId,
      }),
    );

  capture = (reservationId: string, components: ChargeComponent[], key: string = uuid()): Promise<LedgerResult> =>
    this.as((query) => captureReservation(query, { ...call(key), reservationId, components }));

  release = (
    reservationId: string,
    key: string = uuid(),
    outcome: 'released' | 'expired' = 'released',
  ): Promise<LedgerResult> => this.as((query) => releaseReservation(query, { ...call(key), reservationId, outcome }));

  reverse = (reversesPostingId: string, key: string = uuid(), allowNegative = false): Promise<LedgerResult> =>
    this.as((query) => reversePosting(query, { ...call(key), reversesPostingId, allowNegative }));

  async wallet(): Promise<{ current: string; reserved: string }> {
    const rows = await this.as((query) =>
      query('select current_balance, reserved_balance from billing_wallets where id = $1', [this.walletId]),
    );
    return { current: String(rows[0]?.current_balance), reserved: String(rows[0]?.reserved_balance) };
  }

  async count(table: string): Promise<number> {
    const rows = await this.as((query) => query(`select count(*) as n from ${table}`));
    return Number(rows[0]?.n);
  }

  /** Every check holds and none of them is missing. */
  async expectSound(): Promise<void> {
    const checks = await this.as(runLedgerChecks);
    expect(checks.length).toBe(13);
    expect(checks.filter((check) => !check.ok)).toEqual([]);
  }
}
