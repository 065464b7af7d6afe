import { Database, isDatabaseOutage, type TenantTx } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Injectable } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import { LeadsConfig } from '../leads.config.js';
import { ImportEntity } from './import.entity.js';

/** The right to work on an import until the lease ends; it is lost as soon as another worker has taken it. */
export interface ImportClaim {
  readonly importId: string;
  readonly tenantId: string;
  readonly token: string;
  /** How often it was claimed since a chunk was last committed, this time included. */
  readonly attempts: number;
}

/** Another worker has the import: what this one was about to write is not written. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

// The oldest import nobody holds: one that waits, or one whose worker let its lease run out. Materialised, because inside
// an IN the planner may run the limited query once per row, and so claim imports that nobody is told of.
const CLAIM = `
  with oldest as materialized (
    select tenant_id, id from lead_imports
    where status in ('queued', 'running') and (claimed_until is null or claimed_until < now())
    order by created_at limit 1 for update skip locked)
  update lead_imports i set status = 'running', claimed_by = $1, claimed_until = now() + $2 * interval '1 ms', attempts = attempts + 1
  from oldest where i.tenant_id = oldest.tenant_id and i.id = oldest.id
  returning i.id as "importId", i.tenant_id as "tenantId", claimed_by as token, attempts`;
const RENEW = `update lead_imports set claimed_until = now() + $3 * interval '1 ms' where id = $1 and claimed_by = $2`;
const RELEASE = `
  update lead_imports set claimed_by = null, claimed_until = now() + $3 * interval '1 ms', attempts = greatest(attempts - $4, 0)
  where id = $1 and claimed_by = $2 and status = 'running'`;

const RELEASE_TRIES = 6;
const RELEASE_PAUSE_MS = 200;

/** Gives out imports to workers, one worker each, by leases in the database. */
@Injectable()
export class ImportClaims {
  constructor(
    private readonly database: Database,
    private readonly config: LeadsConfig,
  ) {}

  get leaseMs(): number {
    return this.config.importLeaseMs;
  }

  /** Claims the import that has waited longest, if any waits. */
  async next(): Promise<ImportClaim | undefined> {
    const [claim] = await this.database.forPlatform((tx) => tx.query<ImportClaim>(CLAIM, [newId(), this.leaseMs]));
    return claim;
  }

  /** Lengthens the lease. */
  async renew({ tenantId, importId, token }: ImportClaim): Promise<void> {
    await this.database.forTenantAsService(tenantId, (tx) => tx.query(RENEW, [importId, token, this.leaseMs]));
  }

  /** Gives the import back, to be taken again after a pause; `counts` says whether the attempt is held against it. */
  async release({ tenantId, importId, token }: ImportClaim, pauseMs: number, counts: boolean): Promise<void> {
    const parameters = [importId, token, pauseMs, counts ? 0 : 1];
    // What interrupted the work may have cut this connection too; unreleased, the import would rest until its lease ends.
    for (let tries = 1; ; tries++) {
      try {
        await this.database.forTenantAsService(tenantId, (tx) => tx.query(RELEASE, parameters));
        return;
      } catch (error) {
        if (tries === RELEASE_TRIES || !isDatabaseOutage(error)) throw error;
        await setTimeout(RELEASE_PAUSE_MS * tries);
      }
    }
  }
}

/**
 * The claimed import, held until the transaction ends. Every write on its behalf begins with this: a worker that was
 * slow beyond its lease finds another's token here and stops.
 * @throws ClaimLost
 */
export async function holdImport(tx: TenantTx, { importId, token }: ImportClaim): Promise<ImportEntity> {
  const [held] = await tx.query(`select id from lead_imports where id = $1 and claimed_by = $2 and status = 'running' for update`, [importId, token]);
  if (!held) throw new ClaimLost(`import ${importId} is in other hands`);
  return tx.manager.findOneByOrFail(ImportEntity, { id: importId });
}
