import { type EffectiveRange, newestInForce } from './effective-range.js';
import type { Unit } from './unit.js';

export interface PriceRow extends EffectiveRange {
  id: string;
  /** Null: everybody's price. */
  tenantId: string | null;
  category: string;
  provider: string;
  /** Null: any model of the provider. */
  model: string | null;
  unit: Unit;
  /** Decimal text, up to 10 places. */
  unitPrice: string;
  currency: string;
}

export interface PriceQuestion {
  tenantId: string;
  category: string;
  provider: string;
  model: string | null;
  unit: Unit;
  currency: string;
  /** When it was used, not when it is billed. */
  usedAt: Date;
}

/** Tenant's model, tenant's any model, everybody's model, everybody's any model; within one, the newest in force. */
export function findPrice(rows: PriceRow[], asked: PriceQuestion): PriceRow | undefined {
  const fitting = rows.filter(
    (row) =>
      row.category === asked.category &&
      row.provider === asked.provider &&
      row.unit === asked.unit &&
      row.currency === asked.currency,
  );
  for (const tenantId of [asked.tenantId, null]) {
    for (const model of asked.model === null ? [null] : [asked.model, null]) {
      const level = fitting.filter((row) => row.tenantId === tenantId && row.model === model);
      const found = newestInForce(level, asked.usedAt);
      if (found) return found;
    }
  }
  return undefined;
}
