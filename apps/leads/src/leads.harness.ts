import { putUpload } from '#leadwire/bus';
import { leadsOperations as operations, type ImportView } from '#leadwire/contracts';
import type { Caller } from '#leadwire/kernel';
import { ServiceHarness, until } from '#leadwire/testing';
import { Readable } from 'node:stream';
import { leadsMigrations } from '../migrations/index.js';
import { LeadsModule } from './leads.module.js';

/** The leads service on a real database and bus, for its tests. */
export function startLeads(environment: Record<string, string> = {}): Promise<ServiceHarness> {
  return ServiceHarness.start({ name: 'leads', module: LeadsModule, migrations: leadsMigrations, environment });
}

/** Uploads a file as the gateway does and starts its import. */
export async function startImport(leads: ServiceHarness, caller: Caller, file: Readable | string, mode?: string): Promise<ImportView> {
  const source = typeof file === 'string' ? Readable.from(file === '' ? [] : [Buffer.from(file)]) : file;
  const upload = await putUpload(leads.bus, source, { tenantId: caller.tenantId });
  return leads.call(operations.startImport, { upload, ...(mode && { mode }) }, caller);
}

/** The import once it has ended, well or badly. */
export function ended(leads: ServiceHarness, caller: Caller, importId: string): Promise<ImportView> {
  return until('the import has ended', async () => {
    const one = await leads.call(operations.getImport, { importId }, caller);
    return ['completed', 'failed'].includes(one.status) ? one : undefined;
  }, 50_000);
}
