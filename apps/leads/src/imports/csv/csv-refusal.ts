/** Why a file as a whole is not read. Stable: clients and tests rely on them. */
export type CsvRefusalCode =
  | 'csv-empty'
  | 'csv-binary'
  | 'csv-encoding-unsupported'
  | 'csv-header-missing'
  | 'csv-too-many-columns'
  | 'csv-cell-too-large';

/** Thrown before the first row, or for `csv-cell-too-large` at the row where memory would no longer be constant. */
export class CsvRefusal extends Error {
  override readonly name = 'CsvRefusal';

  constructor(
    readonly code: CsvRefusalCode,
    message: string,
    /** Physical line, from 1, where it is known. */
    readonly line?: number,
  ) {
    super(message);
  }
}
