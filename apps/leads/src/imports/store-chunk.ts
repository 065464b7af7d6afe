import { leadCreated, leadUpdated } from '#leadwire/contracts';
import { Database, violatedConstraint, type TenantTx } from '#leadwire/database';
import { Outbox } from '#leadwire/messaging';
import { Injectable } from '@nestjs/common';
import type { LeadEntity } from '../leads/lead.entity.js';
import { leadSnapshot } from '../leads/lead-view.js';
import { newLead } from '../leads/new-lead.js';
import { insertLeads, updateLeads } from '../leads/write-leads.js';
import type { Pipeline } from '../pipeline/ensure-pipeline.js';
import { ClaimLost, holdImport, ImportClaims, type ImportClaim } from './import-claims.js';
import type { ImportEntity } from './import.entity.js';
import { lockSameLeads } from './lock-same-leads.js';
import { ChunkPlanner, type ChunkPlan } from './plan-chunk.js';
import type { DraftRow, ImportChunk } from './read-chunks.js';
import type { RejectedRow } from './rejects-document.js';

/** Somebody else stored one of the chunk's contacts while it was being planned: plan again, with that lead in sight. */
class ContactRace extends Error {
  override readonly name = 'ContactRace';
}

const MOST_RACES = 5;

const REJECT = `
  insert into lead_import_rejects (import_id, line, code, message, raw)
  select $1, line, code, message, raw from json_to_recordset($2) as r(line int, code text, message text, raw text)`;
const PROGRESS = `
  update lead_imports set last_row = $2, rows_read = rows_read + $3, imported = imported + $4, updated = updated + $5,
    rejected = rejected + $6, bytes_read = $7, attempts = 0, claimed_until = now() + $8 * interval '1 ms'
  where id = $1`;

/**
 * Stores a chunk: leads, their events, its rejects and the import's progress commit together, so that an import that was
 * killed goes on behind the last row that counts, and no row counts twice.
 */
@Injectable()
export class StoreChunk {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly claims: ImportClaims,
  ) {}

  async execute(claim: ImportClaim, chunk: ImportChunk, pipeline: Pipeline, bytesRead: number): Promise<void> {
    for (let race = 1; ; race++) {
      try {
        return await this.database.forTenantAsService(claim.tenantId, (tx) => this.store(tx, claim, chunk, pipeline, bytesRead));
      } catch (error) {
        if (race === MOST_RACES || !isContactRace(error)) throw error;
      }
    }
  }

  private async store(tx: TenantTx, claim: ImportClaim, chunk: ImportChunk, pipeline: Pipeline, bytesRead: number): Promise<void> {
    const one = await holdImport(tx, claim);
    if (one.lastRow !== chunk.lastRow - chunk.rowsRead) throw new ClaimLost(`import ${one.id} went on without this worker`);
    // Two imports of one tenant write in turns: their chunks cannot lock each other's leads crosswise.
    await tx.query(`select pg_advisory_xact_lock(hashtext('leads.import'), hashtext($1))`, [tx.tenantId]);
    const plan = await this.plan(tx, one, chunk.drafts, pipeline);
    await this.write(tx, plan);
    const rejects = [...chunk.rejects, ...plan.rejects];
    await this.reject(tx, one.id, rejects);
    const counts = [chunk.rowsRead, plan.imported, plan.updated, rejects.length];
    await tx.query(PROGRESS, [one.id, chunk.lastRow, ...counts, Math.min(bytesRead, one.bytesTotal), this.claims.leaseMs]);
  }

  private async plan(tx: TenantTx, one: ImportEntity, drafts: readonly DraftRow[], pipeline: Pipeline): Promise<ChunkPlan> {
    const existing = await lockSameLeads(tx, drafts);
    const create = (content: Parameters<typeof newLead>[0]) => newLead(content, pipeline, one.createdByUserId);
    return new ChunkPlanner(existing, one.mode, create).planRows(drafts);
  }

  private async write(tx: TenantTx, { inserts, updates }: ChunkPlan): Promise<void> {
    const stored = await insertLeads(tx, inserts);
    if (stored.length < inserts.length) throw new ContactRace();
    await updateLeads(tx, updates);
    await this.outbox.addMany(tx, leadCreated, inserts.map(asEntry));
    await this.outbox.addMany(tx, leadUpdated, updates.map(asEntry));
  }

  private async reject(tx: TenantTx, importId: string, rejects: RejectedRow[]): Promise<void> {
    if (rejects.length > 0) await tx.query(REJECT, [importId, JSON.stringify(rejects)]);
  }
}

function asEntry(lead: LeadEntity) {
  return { aggregateId: lead.id, payload: leadSnapshot(lead) };
}

function isContactRace(error: unknown): boolean {
  return error instanceof ContactRace || Boolean(violatedConstraint(error)?.startsWith('leads_'));
}
