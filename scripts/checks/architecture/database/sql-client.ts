/** A connection or pool that answers rows: with an admin's eyes unless told. */
export interface SqlClient {
  query(sql: string, parameters?: unknown[]): Promise<{ rows: any[] }>;
}
