/** What a cell holds: a figure, a word, or nothing. */
export type Cell = number | string | boolean | undefined;

/** A column of a table. */
export interface Column {
  readonly key: string;
  readonly head: string;
  /** Decimals of its figures; 0 unless told. */
  readonly decimals?: number;
}

/** A line of a table; `contestant` names whose it is, `failed` says why it has no figures. */
export interface Row {
  readonly contestant: string;
  readonly failed?: string;
  readonly [key: string]: Cell;
}

/** What a bench found. */
export interface Report {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What a reader of the table has to know. */
  readonly remarks: readonly string[];
  /** Floors, and whether this run reached them. */
  readonly verdicts?: readonly Verdict[];
}

/** A floor that the product has to reach. */
export interface Verdict {
  readonly floor: string;
  readonly figure: number;
  readonly holds: boolean;
}
