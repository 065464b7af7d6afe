import type { Nothing, Spend, SpendLine } from '#leadwire/contracts';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { exact, shownMoney } from '../pricing/rules/money.js';

// Grouping sets: the lines and, in the same reading, their total, which covers also what the list has no room for.
const SPEND = `
  select grouping(i.category, i.provider, i.model, i.unit) <> 0 as total, i.category, i.provider, i.model, i.unit,
    sum(i.quantity) as quantity, coalesce(sum(i.cost), 0) as cost, coalesce(sum(i.price), 0) as price
  from billing_usage_events u
  cross join lateral jsonb_to_recordset(u.usage_items)
    as i(category text, provider text, model text, unit text, quantity numeric, cost numeric, price numeric)
  where u.status = 'charged'
  group by grouping sets ((i.category, i.provider, i.model, i.unit), ())
  order by total desc, price desc, i.category, i.provider, i.model, i.unit
  limit 501`;

type Row = SpendLine & { total: boolean };

/** What was spent, by component: from the items of charged usage, whose prices are the lines of their postings. */
@Injectable()
export class GetSpend {
  execute(call: Call<Nothing>): Promise<Spend> {
    return call.transaction(async (tx) => {
      const [total, ...lines] = await tx.query<Row>(SPEND);
      return { lines: lines.map(lineOf), totalPrice: shownMoney(total!.price), totalCost: shownMoney(total!.cost) };
    });
  }
}

function lineOf({ category, provider, model, unit, quantity, cost, price }: Row): SpendLine {
  return { category, provider, model, unit, quantity: exact(quantity).toFixed(), cost: shownMoney(cost), price: shownMoney(price) };
}
