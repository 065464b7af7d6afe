import { Lifecycle, LOGGER, WorkLoop } from '#leadwire/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { LeadsConfig } from '../leads.config.js';
import { ImportClaims } from './import-claims.js';
import { RunImport } from './run-import.js';

const POLL_MS = 500;

/** Works imports off, a few at a time; any number of replicas may do so beside each other. */
@Injectable()
export class ImportWorker implements OnModuleInit {
  private readonly loop: WorkLoop;

  constructor(
    private readonly claims: ImportClaims,
    private readonly runs: RunImport,
    private readonly lifecycle: Lifecycle,
    { importWorkers }: LeadsConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new WorkLoop({ name: 'imports', pauseMs: POLL_MS, abreast: importWorkers, logger, step: () => this.workOnce() });
  }

  onModuleInit(): void {
    this.lifecycle.add(this.loop);
  }

  /** Looks for work now instead of at the next poll. */
  wake(): void {
    this.loop.wake();
  }

  // Asked to stop, it finishes the chunk in hand and gives the import back: another replica goes on with it at once.
  private async workOnce(): Promise<boolean> {
    const claim = await this.claims.next();
    if (claim) await this.runs.execute(claim, () => this.loop.stopping);
    return claim !== undefined;
  }
}
