export interface Prepared {
  /** A Node ≥ 24. */
  nodePath: string;
  /** A superuser's, on the maintenance database. */
  databaseUrl: string;
  natsUrl: string;
  how: 'given' | 'docker' | 'private';
  /** Where a run makes the logins of its processes; of a private NATS only. */
  natsLogins?: string;
  natsProgram?: string;
  /** Runs ahead of the servers' stop, last handed in first. */
  beforeStop(work: () => unknown): void;
  stop(): Promise<void>;
  keep(): void;
}

export interface PrepareOptions {
  purpose?: string;
  log?: (line: string) => void;
  compile?: boolean;
}

export function prepare(options?: PrepareOptions): Promise<Prepared>;
export function prepareOrThrow(options?: PrepareOptions): Promise<Prepared>;
