/**
 * Cuts rows into waves that hold each aggregate at most once: everything in a wave may be in flight together, and an
 * aggregate's next event is sent only after its former one was acknowledged, so a lost publish cannot swap two events.
 */
export function publishWaves<Row extends { aggregate_id: string }>(rows: Row[]): Row[][] {
  const waves: Row[][] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    const wave = seen.get(row.aggregate_id) ?? 0;
    (waves[wave] ??= []).push(row);
    seen.set(row.aggregate_id, wave + 1);
  }
  return waves;
}
