// query_canceled: what PostgreSQL says of a statement that ran into statement_timeout.
const QUERY_CANCELED = '57014';

/** Whether an error says that the database stopped a statement because its time was up. */
export function isStatementTimeout(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return (driverError?.code ?? code) === QUERY_CANCELED;
}
