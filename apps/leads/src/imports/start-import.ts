import { Bus, deleteUpload, openUpload, uploadBelongsTo, UploadMissing, UploadUnreadable } from '#leadwire/bus';
import type { ImportView, StartImport as StartImportInput } from '#leadwire/contracts';
import type { TenantTx } from '#leadwire/database';
import { newId, Problem, Problems } from '#leadwire/kernel';
import type { Call } from '#leadwire/rpc';
import { Injectable } from '@nestjs/common';
import { actingUser } from '../leads/new-lead.js';
import { ensurePipeline } from '../pipeline/ensure-pipeline.js';
import { CsvRefusal } from './csv/csv-refusal.js';
import { guessColumns, type ColumnMapping } from './csv/guess-columns.js';
import { openCsv } from './csv/read-csv.js';
import { csvProblem } from './csv-problem.js';
import { ImportEntity, importView, type ImportMode } from './import.entity.js';
import { ImportWorker } from './import-worker.js';

/** Takes a file that can be read as leads into the queue; one that cannot is refused at once and deleted. */
@Injectable()
export class StartImport {
  constructor(
    private readonly bus: Bus,
    private readonly worker: ImportWorker,
  ) {}

  async execute(call: Call<StartImportInput>): Promise<ImportView> {
    const { upload } = call.input;
    if (!uploadBelongsTo(upload, call.tenantId)) throw Problems.notFound();
    try {
      // The file is looked at inside, so that a repeated Idempotency-Key is answered though its file is gone by now.
      return await call.transaction((tx) => this.queue(tx, call.input));
    } catch (error) {
      const problem = asProblem(error);
      if (problem instanceof Problem && problem.type.status === 400) await deleteUpload(this.bus, upload);
      throw problem;
    }
  }

  private async queue(tx: TenantTx, { upload, mode = 'upsert' }: StartImportInput): Promise<ImportView> {
    const mapping = await this.readHeader(upload);
    await ensurePipeline(tx);
    const one = Object.assign(new ImportEntity(), {
      id: newId(),
      createdByUserId: actingUser(tx.caller),
      status: 'queued' as const,
      mode: mode as ImportMode,
      upload, mapping,
      lastRow: 0, rowsRead: 0, imported: 0, updated: 0, rejected: 0,
      bytesRead: 0, bytesTotal: upload.bytes,
      failure: null, createdAt: new Date(), completedAt: null,
    });
    await tx.manager.insert(ImportEntity, one);
    tx.afterCommit(() => this.worker.wake());
    return importView(one);
  }

  private async readHeader(upload: StartImportInput['upload']): Promise<ColumnMapping> {
    const { header, rows } = await openCsv(await openUpload(this.bus, upload));
    // A generator that was never started closes nothing: its first row is read before it is left.
    await rows.next();
    await rows.return();
    return guessColumns(header.map((name) => name.replaceAll('\u0000', '').toWellFormed()));
  }
}

function asProblem(error: unknown): unknown {
  if (error instanceof CsvRefusal) return csvProblem(error);
  if (error instanceof UploadMissing) return Problems.notFound({ detail: 'The uploaded file is not there any more.' });
  if (error instanceof UploadUnreadable) return Problems.unavailable();
  return error;
}
