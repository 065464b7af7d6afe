import type { LedgerTransactionView, Page, PageQuery } from '#leadwire/contracts';
import { decodeCursor, pageOfRows } from '#leadwire/database';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { ensureWallet } from './ensure-wallet.js';
import { LedgerTransactionEntity, ledgerTransactionView } from './ledger-transaction.entity.js';

const isSequence = (part: unknown): boolean => Number.isSafeInteger(part) && (part as number) > 0;

/** The wallet's statement, oldest first: each line begins where the one before it ended. */
@Injectable()
export class ListTransactions {
  execute(call: Call<PageQuery>): Promise<Page<LedgerTransactionView>> {
    const { limit = 50, cursor } = call.input;
    const after = cursor ? decodeCursor(cursor, isSequence)[0]! : '0';
    return call.transaction(async (tx) => {
      const rows = await tx.manager.find(LedgerTransactionEntity, {
        where: { walletId: await ensureWallet(tx), sequence: MoreThan(after) },
        order: { sequence: 'ASC' },
        take: limit + 1,
      });
      return pageOfRows(rows, limit, (row) => Number(row.sequence), ledgerTransactionView);
    });
  }
}
