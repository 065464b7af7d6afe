import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly } from './sql/append-only.sql.js';
import { dropLedger } from './sql/drop-ledger.sql.js';
import { entriesGuard } from './sql/entries-guard.sql.js';
import { keyLookups } from './sql/key-lookups.sql.js';
import { ledgerCapture } from './sql/ledger-capture.sql.js';
import { ledgerChecks } from './sql/ledger-checks.sql.js';
import { ledgerComponents } from './sql/ledger-components.sql.js';
import { ledgerDebit } from './sql/ledger-debit.sql.js';
import { ledgerOpenWallet } from './sql/ledger-open-wallet.sql.js';
import { ledgerPost } from './sql/ledger-post.sql.js';
import { ledgerRelease } from './sql/ledger-release.sql.js';
import { ledgerReserve } from './sql/ledger-reserve.sql.js';
import { ledgerReverse } from './sql/ledger-reverse.sql.js';
import { ledgerTables } from './sql/ledger-tables.sql.js';
import { ledgerTopup } from './sql/ledger-topup.sql.js';
import { ledgerTypes } from './sql/ledger-types.sql.js';
import { ledgerViews } from './sql/ledger-views.sql.js';
import { paymentTables } from './sql/payment-tables.sql.js';
import { pricingTables } from './sql/pricing-tables.sql.js';
import { rowSecurity } from './sql/row-security.sql.js';
import { startingCatalogue } from './sql/starting-catalogue.sql.js';
import { statementGuard } from './sql/statement-guard.sql.js';
import { usageTables } from './sql/usage-tables.sql.js';
import { walletTables } from './sql/wallet-tables.sql.js';

// The order matters: types before what uses them, prices before row security closes their table.
const STEPS = [
  // Trusted since PostgreSQL 13; where the owner may not create extensions it must be there already.
  'create extension if not exists btree_gist',
  ledgerTypes,
  walletTables,
  ledgerTables,
  pricingTables,
  startingCatalogue,
  usageTables,
  paymentTables,
  appendOnly,
  rowSecurity,
  entriesGuard,
  statementGuard,
  ledgerPost,
  ledgerComponents,
  ledgerOpenWallet,
  ledgerDebit,
  ledgerTopup,
  ledgerReserve,
  ledgerCapture,
  ledgerRelease,
  ledgerReverse,
  keyLookups,
  ledgerViews,
  ledgerChecks,
];

export class CreateLedger1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const step of STEPS) await queryRunner.query(step);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(dropLedger);
  }
}
