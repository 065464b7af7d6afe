import { Bus, deleteUpload, openUpload, UploadMissing, UploadUnreadable } from '#leadwire/bus';
import { Database, isDatabaseOutage } from '#leadwire/database';
import { LOGGER } from '#leadwire/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { CountryCode } from '../leads/normalise/normalise-phone.js';
import { ensurePipeline, type Pipeline } from '../pipeline/ensure-pipeline.js';
import { CsvRefusal } from './csv/csv-refusal.js';
import { openCsv } from './csv/read-csv.js';
import { EndImport } from './end-import.js';
import { ClaimLost, holdImport, ImportClaims, type ImportClaim } from './import-claims.js';
import type { ImportEntity } from './import.entity.js';
import { countBytes, readChunks } from './read-chunks.js';
import { StoreChunk } from './store-chunk.js';

const MOST_ATTEMPTS = 5;
const PAUSE_MS = 1_000;

/** Takes a claimed import from where it stands to its end, chunk by chunk. */
@Injectable()
export class RunImport {
  constructor(
    private readonly bus: Bus,
    private readonly database: Database,
    private readonly claims: ImportClaims,
    private readonly chunks: StoreChunk,
    private readonly ends: EndImport,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Never throws for a fault of the file or of an attempt: it ends the import, or gives it back to be tried again. */
  async execute(claim: ImportClaim, stopping: () => boolean): Promise<void> {
    const renewal = setInterval(() => void this.claims.renew(claim).catch(() => undefined), this.claims.leaseMs / 3);
    try {
      const done = await this.work(claim, stopping);
      if (!done) await this.claims.release(claim, 0, false);
    } catch (error) {
      await this.settle(claim, error);
    } finally {
      clearInterval(renewal);
    }
  }

  /** Works until the end of the file (true), or until it is told to stop (false). */
  async work(claim: ImportClaim, stopping: () => boolean): Promise<boolean> {
    const { one, pipeline } = await this.begin(claim);
    const counter = { bytes: 0 };
    const file = await openCsv(countBytes(await openUpload(this.bus, one.upload), counter));
    const options = { defaultCountry: pipeline.settings.country as CountryCode };
    for await (const chunk of readChunks(file.rows, one.mapping, options, one.lastRow)) {
      await this.chunks.execute(claim, chunk, pipeline, counter.bytes);
      if (stopping()) return false;
    }
    await this.ends.complete(claim);
    await deleteUpload(this.bus, one.upload);
    return true;
  }

  private begin(claim: ImportClaim): Promise<{ one: ImportEntity; pipeline: Pipeline }> {
    return this.database.forTenantAsService(claim.tenantId, async (tx) => {
      const one = await holdImport(tx, claim);
      return { one, pipeline: await ensurePipeline(tx) };
    });
  }

  private async settle(claim: ImportClaim, error: unknown): Promise<void> {
    const facts = { err: error, importId: claim.importId, attempts: claim.attempts };
    if (error instanceof ClaimLost) return this.logger.warn(facts, 'import: another worker has it');
    if (error instanceof CsvRefusal) return this.fail(claim, error.message);
    if (error instanceof UploadMissing) return this.fail(claim, 'The uploaded file is not there any more; send it again.');
    const outage = error instanceof UploadUnreadable || isDatabaseOutage(error);
    this.logger.warn(facts, 'import: interrupted, going on from the last chunk');
    if (!outage && claim.attempts >= MOST_ATTEMPTS) return this.fail(claim, 'The rows could not be stored; nothing after rowsRead was.');
    await this.claims.release(claim, PAUSE_MS, !outage);
  }

  private async fail(claim: ImportClaim, reason: string): Promise<void> {
    const upload = await this.ends.fail(claim, reason);
    await deleteUpload(this.bus, upload);
  }
}
