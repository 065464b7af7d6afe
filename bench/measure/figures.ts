/** The middle of several figures; the mean of the two in the middle when they are even. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The figure that `share` of all are not above (nearest rank). */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}

/** Smallest and largest, as `12–15`. */
export function spread(figures: readonly number[], decimals = 0): string {
  const shown = (figure: number): string => new Intl.NumberFormat('en', { maximumFractionDigits: decimals }).format(figure);
  return `${shown(Math.min(...figures))}–${shown(Math.max(...figures))}`;
}
