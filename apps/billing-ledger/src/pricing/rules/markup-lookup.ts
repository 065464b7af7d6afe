import { type EffectiveRange, newestInForce } from './effective-range.js';

export interface MarkupRow extends EffectiveRange {
  id: string;
  /** Null: everybody's. */
  tenantId: string | null;
  /** Null: every category. */
  category: string | null;
  /** Per cent on top of the provider's cost, decimal text. */
  markupPercent: string;
}

/** Tenant's category, tenant's any, everybody's category, everybody's any; within one, the newest in force. */
export function findMarkup(
  rows: MarkupRow[],
  asked: { tenantId: string; category: string; usedAt: Date },
): MarkupRow | undefined {
  for (const tenantId of [asked.tenantId, null]) {
    for (const category of [asked.category, null]) {
      const level = rows.filter((row) => row.tenantId === tenantId && row.category === category);
      const found = newestInForce(level, asked.usedAt);
      if (found) return found;
    }
  }
  return undefined;
}
