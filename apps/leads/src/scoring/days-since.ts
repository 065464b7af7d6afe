const MS_PER_DAY = 86_400_000;

/** Whole days between an instant and the date of asking (ISO 8601 both); null for none, or one that was still to come. */
export function daysSince(instant: string | null, asOf: string): number | null {
  if (instant === null) return null;
  const days = (Date.parse(asOf) - Date.parse(instant)) / MS_PER_DAY;
  return days >= 0 ? Math.floor(days) : null;
}
