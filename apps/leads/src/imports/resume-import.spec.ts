import { importCompleted, leadCreated, leadsOperations as operations, type ImportView } from '#leadwire/contracts';
import type { Caller } from '#leadwire/kernel';
import { bootstrap } from '#leadwire/service-kit';
import { setEnvironment, until, type ServiceHarness } from '#leadwire/testing';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended, startImport, startLeads } from '../leads.harness.js';
import { LeadsModule } from '../leads.module.js';
import { ImportClaims } from './import-claims.js';
import { RunImport } from './run-import.js';

const SAMPLE = new URL('../../../../samples/leads.csv', import.meta.url);

/** A worker that dies: it does as many chunks as told, then nothing more, not even giving the import back. */
async function workAndDie(leads: ServiceHarness, chunks: number): Promise<void> {
  const { app } = leads.service;
  const claim = await app.get(ImportClaims).next();
  let done = 0;
  await app.get(RunImport).work(claim!, () => ++done === chunks);
}

async function assertWhole(leads: ServiceHarness, caller: Caller, done: ImportView): Promise<void> {
  expect(done).toMatchObject({ status: 'completed', rowsRead: 5_000 });
  expect(done.imported + done.updated + done.rejected).toBe(5_000);
  const [rows] = await leads.rows(`select count(*)::int as n from leads where tenant_id = $1`, [caller.tenantId]);
  expect(rows!.n).toBe(done.imported);
  const told = await leads.told(leadCreated, caller.tenantId);
  expect(new Set(told.map(({ aggregateId }) => aggregateId)).size).toBe(done.imported);
  expect(told).toHaveLength(done.imported);
  const [rejects] = await leads.rows(`select count(*)::int as n from lead_import_rejects where import_id = $1`, [done.id]);
  expect(rejects!.n).toBe(done.rejected);
  expect(await leads.told(importCompleted, caller.tenantId)).toHaveLength(1);
}

describe('an import whose worker dies', { timeout: 60_000 }, () => {
  let leads: ServiceHarness;
  beforeAll(async () => void (leads = await startLeads({ LEADS_IMPORT_WORKERS: '0', LEADS_IMPORT_LEASE_MS: '400' })));
  afterAll(() => leads.stop());

  it('is gone on with by another replica behind the last chunk, with the same result', async () => {
    const caller = leads.caller();
    const { id: importId } = await startImport(leads, caller, createReadStream(SAMPLE));
    await workAndDie(leads, 3);
    expect(await leads.call(operations.getImport, { importId }, caller)).toMatchObject({ status: 'running', rowsRead: 1_500 });
    setEnvironment({ LEADS_IMPORT_WORKERS: '2' });
    const replica = await bootstrap(LeadsModule);
    const done = await ended(leads, caller, importId);
    await replica.stop();
    setEnvironment({ LEADS_IMPORT_WORKERS: '0' });
    await assertWhole(leads, caller, done);
  });

  it('is claimed by itself, also where several wait', async () => {
    const caller = leads.caller();
    const waiting = [];
    for (const name of ['a', 'b', 'c']) waiting.push((await startImport(leads, caller, `Email\n${name}@a.example\n`)).id);
    const claims = leads.service.app.get(ImportClaims);
    const taken = [];
    for (const _ of waiting) taken.push((await claims.next())!);
    expect(taken.map(({ importId }) => importId)).toEqual(waiting);
    await Promise.all(taken.map((claim) => leads.service.app.get(RunImport).execute(claim, () => false)));
    for (const id of waiting) expect(await ended(leads, caller, id)).toMatchObject({ imported: 1 });
  });

  it('writes nothing any more once another has it', async () => {
    const caller = leads.caller();
    const { id } = await startImport(leads, caller, createReadStream(SAMPLE));
    const { app } = leads.service;
    const slow = await app.get(ImportClaims).next();
    const other = await until('the lease has run out', () => app.get(ImportClaims).next());
    expect(other).toMatchObject({ importId: id });
    await expect(app.get(RunImport).work(slow!, () => false)).rejects.toMatchObject({ name: 'ClaimLost' });
    expect(await leads.rows('select rows_read from lead_imports where id = $1', [id])).toEqual([{ rows_read: 0 }]);
    await app.get(RunImport).execute(other!, () => false);
    await assertWhole(leads, caller, await ended(leads, caller, id));
  });

  it('is given back by a worker that is told to stop, without waiting for the lease', async () => {
    const caller = leads.caller();
    const { id } = await startImport(leads, caller, createReadStream(SAMPLE));
    const { app } = leads.service;
    await app.get(RunImport).execute((await app.get(ImportClaims).next())!, () => true);
    const again = await app.get(ImportClaims).next();
    expect(again).toMatchObject({ importId: id, attempts: 1 });
    await app.get(RunImport).execute(again!, () => false);
    await assertWhole(leads, caller, await ended(leads, caller, id));
  });

  it('ends as failed when the same rows fail again and again', async () => {
    const caller = leads.caller();
    await leads.rows(`alter table leads add constraint no_boom check (first_name <> 'boom')`);
    const { id } = await startImport(leads, caller, Readable.from([Buffer.from('First Name,Email\nboom,b@a.example\n')]));
    setEnvironment({ LEADS_IMPORT_WORKERS: '1' });
    const replica = await bootstrap(LeadsModule);
    const done = await ended(leads, caller, id);
    await replica.stop();
    setEnvironment({ LEADS_IMPORT_WORKERS: '0' });
    expect(done).toMatchObject({ status: 'failed', rowsRead: 0, imported: 0 });
    expect(done.failure).toMatch(/could not be stored/);
  });
});

describe('imports that are disturbed', { timeout: 60_000 }, () => {
  let leads: ServiceHarness;
  beforeAll(async () => void (leads = await startLeads({ LEADS_IMPORT_WORKERS: '2', LEADS_IMPORT_LEASE_MS: '30000' })));
  afterAll(() => leads.stop());

  it('come to the same result when the database drops every connection in the middle', async () => {
    const caller = leads.caller();
    const { id } = await startImport(leads, caller, createReadStream(SAMPLE));
    for (const rows of [500, 2_000]) {
      await until(`${rows} rows are in`, async () => (await leads.rows('select 1 from lead_imports where id = $1 and rows_read >= $2', [id, rows])).length > 0);
      await leads.rows(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'leadwire-leads' and datname = current_database()`);
    }
    await assertWhole(leads, caller, await ended(leads, caller, id));
  });

  it('double nothing when two of one tenant bring the same leads at once', async () => {
    const caller = leads.caller();
    const both = await Promise.all([1, 2].map(() => startImport(leads, caller, createReadStream(SAMPLE))));
    const done = await Promise.all(both.map(({ id }) => ended(leads, caller, id)));
    expect(done.map(({ status }) => status)).toEqual(['completed', 'completed']);
    const [rows] = await leads.rows(`select count(*)::int as n, count(distinct email)::int as mails, count(email)::int as with_mail from leads where tenant_id = $1`, [caller.tenantId]);
    expect(rows).toMatchObject({ n: done[0]!.imported + done[1]!.imported, mails: rows!.with_mail });
  });
});
