import { setTimeout as sleep } from 'node:timers/promises';

const GROWTH = 4;

/** Attempts at most, the first included, and how long to pause after the first, in ms. */
export interface RetrySchedule {
  readonly attempts: number;
  readonly firstPauseMs: number;
}

/**
 * How long to pause after so many failed attempts: jittered between half and all of the step, so that callers who failed
 * together do not come back together. Undefined when there is no attempt, or no time before the deadline, left.
 */
export function retryPause(failed: number, deadline: number, { attempts, firstPauseMs }: RetrySchedule): number | undefined {
  if (failed >= attempts) return undefined;
  const pause = firstPauseMs * GROWTH ** (failed - 1) * (0.5 + Math.random() / 2);
  return Date.now() + pause < deadline ? pause : undefined;
}

/** Pauses, or less when a signal aborts: the next attempt then finds it aborted. */
export async function pauseUnlessAborted(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  await sleep(ms, undefined, { signal: AbortSignal.any([...signals]) }).catch(() => undefined);
}
