import type { StoredUpload } from '#leadwire/bus';
import { importCompleted } from '#leadwire/contracts';
import { Database } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import { holdImport, type ImportClaim } from './import-claims.js';
import { ImportEntity } from './import.entity.js';

/** Ends an import, well or badly; what was committed stays in both cases. */
@Injectable()
export class EndImport {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Every row is stored: says so, and tells. */
  complete(claim: ImportClaim): Promise<void> {
    return this.database.forTenantAsService(claim.tenantId, async (tx) => {
      const one = await holdImport(tx, claim);
      const { rowsRead, imported, updated, rejected, bytesTotal } = one;
      await tx.manager.update(ImportEntity, { id: one.id }, { status: 'completed', bytesRead: bytesTotal, completedAt: new Date() });
      await this.outbox.add(tx, importCompleted, one.id, { rowsRead, imported, updated, rejected });
    });
  }

  /** The file could not be read to its end; answers the upload, which nobody needs any more. */
  fail(claim: ImportClaim, reason: string): Promise<StoredUpload> {
    return this.database.forTenantAsService(claim.tenantId, async (tx) => {
      const one = await holdImport(tx, claim);
      await tx.manager.update(ImportEntity, { id: one.id }, { status: 'failed', failure: reason.slice(0, 500), completedAt: new Date() });
      return one.upload;
    });
  }
}
