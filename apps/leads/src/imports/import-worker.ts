import { Lifecycle, LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { LeadsConfig } from '../leads.config.js';
import { ImportClaims } from './import-claims.js';
import { RunImport } from './run-import.js';

const POLL_MS = 500;

/** Works imports off, a few at a time; any number of replicas may do so beside each other. */
@Injectable()
export class ImportWorker implements OnModuleInit {
  private stopping = false;
  private readonly sleepers = new Set<() => void>();
  private loops: Promise<void>[] = [];

  constructor(
    private readonly claims: ImportClaims,
    private readonly runs: RunImport,
    private readonly config: LeadsConfig,
    private readonly lifecycle: Lifecycle,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.lifecycle.add({ name: 'imports', start: () => this.start(), stop: () => this.stop() });
  }

  /** Looks for work now instead of at the next poll. */
  wake(): void {
    for (const wake of this.sleepers) wake();
  }

  private async start(): Promise<void> {
    this.loops = Array.from({ length: this.config.importWorkers }, () => this.loop());
  }

  // The chunk in hand is finished and the import given back, so that another replica goes on with it at once.
  private async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await Promise.all(this.loops);
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      const worked = await this.workOnce();
      if (!worked && !this.stopping) await this.sleep();
    }
  }

  private async workOnce(): Promise<boolean> {
    try {
      const claim = await this.claims.next();
      if (claim) await this.runs.execute(claim, () => this.stopping);
      return claim !== undefined;
    } catch (error) {
      this.logger.warn({ err: error }, 'imports: looking for work failed, trying again');
      return false;
    }
  }

  private async sleep(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, POLL_MS);
    this.sleepers.add(resolve);
    await promise;
    this.sleepers.delete(resolve);
    clearTimeout(timer);
  }
}
