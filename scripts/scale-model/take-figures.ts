import type { UnitCostsFile } from './unit-costs.js';

/** A bench's JSON, as far as it is read. */
export interface BenchResult {
  readonly bench: string;
  readonly quick: boolean;
  readonly machine: { readonly cores: number };
  readonly rows: readonly Record<string, unknown>[];
}

/** The file with every speed that the results measured; what they lack stays as it was. Quick runs measure nothing. */
export function takeFigures(file: UnitCostsFile, results: readonly BenchResult[]): UnitCostsFile {
  const full = results.filter(({ quick }) => !quick);
  const speeds = Object.fromEntries(
    Object.entries(file.speeds).map(([name, speed]) => {
      const row = full.find(({ bench }) => bench === speed.from.bench)?.rows.find(({ key }) => key === speed.from.row);
      const found = row?.[speed.from.figure];
      return [name, typeof found === 'number' ? { ...speed, measured: Math.round(found) } : speed];
    }),
  ) as UnitCostsFile['speeds'];
  const cores = full[0]?.machine.cores;
  return { ...file, speeds, machine: cores ? `${cores} cores that PostgreSQL, NATS and the service share` : file.machine };
}
