/** From inclusive, to exclusive; no end: still in force. */
export interface EffectiveRange {
  effectiveFrom: Date;
  effectiveTo: Date | null;
}

export const isInForce = (range: EffectiveRange, at: Date): boolean =>
  range.effectiveFrom <= at && (range.effectiveTo === null || at < range.effectiveTo);

/** The range in force at `at` that began last. */
export function newestInForce<T extends EffectiveRange>(rows: T[], at: Date): T | undefined {
  return rows
    .filter((row) => isInForce(row, at))
    .reduce<T | undefined>((best, row) => (best && best.effectiveFrom >= row.effectiveFrom ? best : row), undefined);
}
