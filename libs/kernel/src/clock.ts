/** Where domain code asks for the time, so that a test can set it. */
export interface Clock {
  now(): Date;
}

/** The machine's clock, UTC. */
export const systemClock: Clock = { now: () => new Date() };
