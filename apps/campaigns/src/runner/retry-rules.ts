const MOST_ATTEMPTS = 6;
const MOST_RESENDS = 5;

/** Whether a mail that was refused for now is tried again. */
export function attemptsLeft(attempt: number): boolean {
  return attempt < MOST_ATTEMPTS;
}

/** Milliseconds before the next attempt: four times as long each time. */
export function retryAfterMs(attempt: number, firstMs: number): number {
  return firstMs * 4 ** (attempt - 1);
}

/** Whether a mail that never arrived is sent again; a server that swallows each one will not take the next either. */
export function resendsLeft(resends: number): boolean {
  return resends < MOST_RESENDS;
}
