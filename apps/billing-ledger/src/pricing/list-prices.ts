import type { Page, PageQuery, PriceView } from '#leadwire/contracts';
import { idCursor, pageOfRows } from '#leadwire/database';
import { systemClock } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { loadPriceBook } from './load-price-book.js';
import { exact } from './rules/money.js';
import { pricesInForce, type PriceInForce } from './rules/prices-in-force.js';

/** The prices in force for the tenant now, by the same rules as charges. */
@Injectable()
export class ListPrices {
  execute(call: Call<PageQuery>): Promise<Page<PriceView>> {
    const { limit = 50, cursor } = call.input;
    const after = cursor ? idCursor(cursor) : '';
    const now = systemClock.now();
    return call.transaction(async (tx) => {
      const rows = pricesInForce(await loadPriceBook(tx, now), now).filter((row) => row.id > after);
      return pageOfRows(rows, limit, (row) => row.id, priceView);
    });
  }
}

function priceView({ id, category, provider, model, unit, unitPrice, markupPercent }: PriceInForce): PriceView {
  return { id, category, provider, model, unit, unitPrice: exact(unitPrice).toFixed(), markupPercent: exact(markupPercent).toFixed() };
}
