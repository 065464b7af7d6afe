export interface RestartOptions {
  /** Take the server down by SIGKILL, as a crash would. */
  kill?: boolean;
}

/** @returns the port, the same as before. */
export function restartPostgres(options?: RestartOptions): Promise<number>;
/** @returns the port, the same as before. */
export function restartNats(options?: RestartOptions): Promise<number>;
export function stopKeptServices(): Promise<void>;
