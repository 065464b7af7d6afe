import type { MarkupRow } from '../../pricing/rules/markup-lookup.js';
import type { PriceRow } from '../../pricing/rules/price-lookup.js';
import type { Unit } from '../../pricing/rules/unit.js';
import type { Query } from './query.js';

const optionalDate = (value: unknown): Date | null => (value === null ? null : new Date(value as string | Date));
const optionalText = (value: unknown): string | null => value as string | null;

function toPriceRow(row: Record<string, unknown>): PriceRow {
  return {
    id: String(row.id),
    tenantId: optionalText(row.tenant_id),
    category: String(row.category),
    provider: String(row.provider),
    model: optionalText(row.model),
    unit: row.unit as Unit,
    unitPrice: String(row.unit_price),
    currency: String(row.currency),
    effectiveFrom: new Date(row.effective_from as string | Date),
    effectiveTo: optionalDate(row.effective_to),
  };
}

/** The tenant's and the global price rows in force at `at`; which of them counts is price-lookup's decision. */
export async function loadPrices(query: Query, at: Date): Promise<PriceRow[]> {
  const rows = await query(
    `select id, tenant_id, category, provider, model, unit, unit_price, currency, effective_from, effective_to
     from billing_pricing_catalog
     where is_active and effective_from <= $1 and (effective_to is null or effective_to > $1)`,
    [at.toISOString()],
  );
  return rows.map(toPriceRow);
}

/** The same for markups. */
export async function loadMarkups(query: Query, at: Date): Promise<MarkupRow[]> {
  const rows = await query(
    `select id, tenant_id, category, markup_percent, effective_from, effective_to from billing_markups
     where effective_from <= $1 and (effective_to is null or effective_to > $1)`,
    [at.toISOString()],
  );
  return rows.map((row) => ({
    id: String(row.id),
    tenantId: optionalText(row.tenant_id),
    category: optionalText(row.category),
    markupPercent: String(row.markup_percent),
    effectiveFrom: new Date(row.effective_from as string | Date),
    effectiveTo: optionalDate(row.effective_to),
  }));
}
