const LONGEST_ERROR = 20_000;

/** An error as it is kept. PostgreSQL's text holds no NUL; an error that quotes one must not keep its event from being kept. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replaceAll('\0', '').slice(0, LONGEST_ERROR);
}
