import { readFileSync } from 'node:fs';

/** Where a speed was measured: a figure of a row of a bench's JSON. */
export interface Source {
  readonly bench: string;
  readonly row: string;
  readonly figure: string;
}

/** The file of unit costs. A speed nobody has measured yet is null. */
export interface UnitCostsFile {
  readonly speeds: Record<keyof Speeds, { what: string; measured: number | null; from: Source }>;
  /** On what the speeds were measured. */
  readonly machine: string;
  readonly sizes: Record<keyof Sizes, { what: string; measured: number; from: string }>;
}

/** Per second, on the machine named in the file. */
export interface Speeds {
  readonly relay: number;
  readonly claimAndMark: number;
  readonly publish: number;
  readonly handleOne: number;
  readonly handleBatched: number;
  readonly write: number;
}

/** Bytes, of an event with a payload of 200. */
export interface Sizes {
  readonly tellWal: number;
  readonly markWal: number;
  readonly handleWal: number;
  readonly outboxRow: number;
  readonly inboxRow: number;
  readonly message: number;
}

/** What one event costs. */
export interface UnitCosts {
  readonly speeds: Speeds;
  readonly sizes: Sizes;
}

/** Below the top of the checkout. */
export const UNIT_COSTS_PATH = 'scripts/scale-model/unit-costs.json';

/** Reads the file as it stands. */
export function readUnitCosts(path = UNIT_COSTS_PATH): UnitCostsFile {
  return JSON.parse(readFileSync(path, 'utf8')) as UnitCostsFile;
}

/** The costs by name; throws, naming them, when some were not measured: a model of guesses would look like one of figures. */
export function measuredCosts({ speeds, sizes }: UnitCostsFile): UnitCosts {
  const missing = Object.entries({ ...speeds, ...sizes }).filter(([, { measured }]) => !(Number(measured) > 0));
  if (missing.length > 0) throw new Error(`not measured yet: ${missing.map(([name]) => name).join(', ')} (${UNIT_COSTS_PATH})`);
  return { speeds: figures(speeds), sizes: figures(sizes) };
}

function figures<K extends string>(costs: Record<K, { measured: number | null }>): Record<K, number> {
  return Object.fromEntries(Object.entries<{ measured: number | null }>(costs).map(([name, { measured }]) => [name, measured])) as Record<K, number>;
}
