/** A row as its reader knows it. */
// oxlint-disable-next-line typescript/no-explicit-any -- as pg has it: each query knows the columns it asked for
export type Row = Record<string, any>;

/** A connection or pool that answers rows: with an admin's eyes unless told. */
export interface SqlClient {
  query(sql: string, parameters?: unknown[]): Promise<{ rows: Row[] }>;
}
