const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
// Class 08: connection; 57P0x: shutdown; 53xxx: out of resources (PostgreSQL appendix A).
const SERVER_CODES = /^(08|57P0|53)/;
// The last two are what the driver and TypeORM say of a connection that broke between two statements.
const CONNECTION_TEXT = /Connection terminated|timeout exceeded when trying to connect|Driver not Connected|not queryable|Query runner already released/i;

/** Whether an error says that the database could not be reached, not that the work was wrong. */
export function isDatabaseOutage(error: unknown): boolean {
  const code = errorCode(error);
  if (code && (CONNECTION_CODES.has(code) || SERVER_CODES.test(code))) return true;
  return error instanceof Error && CONNECTION_TEXT.test(error.message);
}

/** Whether a transaction lost a race and may simply be run again: serialisation failure or deadlock. */
export function isLostRace(error: unknown): boolean {
  const code = errorCode(error);
  return code === '40001' || code === '40P01';
}

/** The unique constraint that an error says was violated. */
export function violatedConstraint(error: unknown): string | undefined {
  if (errorCode(error) !== '23505') return undefined;
  const { constraint, driverError } = error as { constraint?: string; driverError?: { constraint?: string } };
  return constraint ?? driverError?.constraint;
}

function errorCode(error: unknown): string | undefined {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code;
}
