import { isDatabaseOutage } from '#leadwire/database';
import { Problem } from '#leadwire/kernel';

/** Milliseconds before the next attempt, unless a consumer says otherwise: eight attempts over two minutes. */
export const DEFAULT_BACK_OFF: readonly number[] = [100, 500, 2_000, 5_000, 15_000, 30_000, 60_000];

const OUTAGE_PAUSE_MS = 1_000;

/** What to do with an event whose handling failed. */
export type Verdict = { retryInMs: number; counts: boolean } | 'dead';

/**
 * Decides by the error and the attempts so far. An outage (database, bus, a service that does not answer) says nothing
 * about the event: it is tried again for as long as the outage lasts and never becomes a dead letter.
 */
export function backOff(error: unknown, attempts: number, schedule: readonly number[] = DEFAULT_BACK_OFF): Verdict {
  if (isOutage(error)) return { retryInMs: OUTAGE_PAUSE_MS, counts: false };
  const wait = schedule[attempts - 1];
  return wait === undefined ? 'dead' : { retryInMs: wait, counts: true };
}

/** Whether an error says that something needed could not be reached: nothing about the event itself. */
export function isOutage(error: unknown): boolean {
  if (error instanceof Problem) return error.type.status === 503 || error.type.status === 504;
  return isDatabaseOutage(error);
}
