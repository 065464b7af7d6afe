import { openUpload, putUpload, UploadMissing } from '#leadwire/bus';
import { importCompleted, leadCreated, leadsOperations as operations, leadUpdated } from '#leadwire/contracts';
import type { Caller } from '#leadwire/kernel';
import { until, type ServiceHarness } from '#leadwire/testing';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended, startImport, startLeads } from '../leads.harness.js';

const SAMPLE = new URL('../../../../samples/leads.csv', import.meta.url);

describe('import of leads', { timeout: 60_000 }, () => {
  let leads: ServiceHarness;
  let caller: Caller;
  beforeAll(async () => {
    leads = await startLeads();
    caller = leads.caller();
  });
  afterAll(() => leads.stop());

  const importAll = async (as: Caller, file: string, mode?: string) => ended(leads, as, (await startImport(leads, as, file, mode)).id);

  it('brings in the sample: every row counted once, each lead told, the upload gone', async () => {
    const started = await startImport(leads, caller, createReadStream(SAMPLE));
    expect(started).toMatchObject({ status: 'queued', mode: 'upsert', columns: { 'First Name': 'firstName', 'E-Mail': 'email' } });
    const done = await ended(leads, caller, started.id);
    expect(done).toMatchObject({ status: 'completed', rowsRead: 5_000, failure: null, bytesRead: done.bytesTotal });
    expect(done.imported + done.updated + done.rejected).toBe(5_000);
    const [stored] = await leads.rows(`select count(*)::int as leads, count(distinct id)::int as ids from leads where tenant_id = $1`, [caller.tenantId]);
    expect(stored).toEqual({ leads: done.imported, ids: done.imported });
    const [rejects] = await leads.rows(`select count(*)::int as n from lead_import_rejects where import_id = $1`, [started.id]);
    expect(rejects!.n).toBe(done.rejected);
    expect(await leads.told(leadCreated, caller.tenantId)).toHaveLength(done.imported);
    const { rowsRead, imported, updated, rejected } = done;
    expect(await leads.told(importCompleted, caller.tenantId)).toMatchObject([{ aggregateId: started.id, payload: { rowsRead, imported, updated, rejected } }]);
    const [{ upload }] = (await leads.rows(`select upload from lead_imports where id = $1`, [started.id])) as [{ upload: never }];
    await until('the upload is gone', () => openUpload(leads.bus, upload).then(() => false, (error) => error instanceof UploadMissing));
  });

  it('imports nothing of the same file a second time', async () => {
    const [before] = await leads.rows(`select count(*)::int as n from leads where tenant_id = $1`, [caller.tenantId]);
    const again = await ended(leads, caller, (await startImport(leads, caller, createReadStream(SAMPLE))).id);
    expect(again).toMatchObject({ status: 'completed', rowsRead: 5_000, imported: 0 });
    expect(again.updated + again.rejected).toBe(5_000);
    expect(await leads.rows(`select count(*)::int as n from leads where tenant_id = $1`, [caller.tenantId])).toEqual([before]);
  });

  it('merges rows that share a mail or a phone, and loses no contact', async () => {
    const mine = leads.caller();
    const file = 'Name,Email,Phone,City,Tags\nAna Ruiz,ana@a.example,,,x\n,ANA@a.example,+1 202 555 0111,Leeds,y\n,ana.two@a.example,(202) 555-0111,,\n';
    expect(await importAll(mine, file)).toMatchObject({ rowsRead: 3, imported: 1, updated: 2, rejected: 0 });
    const { items } = await leads.call(operations.listLeads, {}, mine);
    expect(items).toMatchObject([{
      firstName: 'Ana', lastName: 'Ruiz', email: 'ana@a.example', phone: '+12025550111', city: 'Leeds', tags: ['x', 'y'],
      stage: 'new', status: 'active', customFields: { other_email: 'ana.two@a.example' },
    }]);
    expect(await leads.told(leadCreated, mine.tenantId)).toHaveLength(1);
    expect(await importAll(mine, file)).toMatchObject({ imported: 0, updated: 3 });
    expect(await leads.told(leadUpdated, mine.tenantId)).toHaveLength(0);
    expect(await importAll(mine, 'Email,City\nana@a.example,York\n')).toMatchObject({ updated: 1 });
    expect(await leads.told(leadUpdated, mine.tenantId)).toMatchObject([{ payload: { city: 'York', firstName: 'Ana' } }]);
  });

  it('creates only, or updates only, as told, and says which rows that left out', async () => {
    const mine = leads.caller();
    await importAll(mine, 'Email,City\na@a.example,Bath\n');
    const file = 'Email,City\na@a.example,York\nb@a.example,Leeds\n';
    expect(await importAll(mine, file, 'update')).toMatchObject({ imported: 0, updated: 1, rejected: 1 });
    const created = await importAll(mine, file, 'create');
    expect(created).toMatchObject({ imported: 1, updated: 0, rejected: 1 });
    const { body } = await leads.call(operations.getImportRejects, { importId: created.id }, mine);
    expect(body).toContain('2,lead-exists,');
  });

  it('answers rejects as CSV that a spreadsheet does not run, from the line asked for', async () => {
    const mine = leads.caller();
    const done = await importAll(mine, 'Name,Email\nok,ok@a.example\n=HYPERLINK(1),nothing\n+cmd,also nothing\n');
    expect(done).toMatchObject({ imported: 1, rejected: 2 });
    const rejects = await leads.call(operations.getImportRejects, { importId: done.id }, mine);
    expect(rejects.contentType).toBe('text/csv; charset=utf-8');
    const lines = rejects.body.trimEnd().split('\r\n');
    expect(lines[0]).toBe('line,code,message,raw');
    expect(lines[1]).toContain(`3,invalid-email,`);
    expect(lines[1]).toMatch(/,"'=HYPERLINK\(1\),nothing"$/);
    expect((await leads.call(operations.getImportRejects, { importId: done.id, afterLine: 3 }, mine)).body.trimEnd().split('\r\n')).toHaveLength(2);
  });

  it.each([
    ['an empty file', '', 'leads.csv-empty'],
    ['a header alone', 'Email,Phone\n', 'leads.csv-empty'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR\u0000', 'leads.csv-binary'],
    ['rows without a header', 'ana@a.example,+12025550111\n', 'leads.csv-header-missing'],
  ])('refuses %s at once, and keeps nothing of it', async (_, file, code) => {
    const mine = leads.caller();
    await expect(startImport(leads, mine, file)).rejects.toMatchObject({ code });
    expect(await leads.rows(`select 1 from lead_imports where tenant_id = $1`, [mine.tenantId])).toEqual([]);
  });

  it('ends a file that cannot be read further, and keeps what came before', async () => {
    const mine = leads.caller();
    const rows = Array.from({ length: 700 }, (_, at) => `r${at}@a.example,x`).join('\n');
    const done = await importAll(mine, `Email,Notes\n${rows}\nlast@a.example,"${'never closed '.repeat(100_000)}`);
    expect(done).toMatchObject({ status: 'failed', rowsRead: 700, imported: 700 });
    expect(done.failure).toMatch(/longer than/);
    expect(await leads.told(importCompleted, mine.tenantId)).toEqual([]);
  });

  it('stores what Postgres can of a row with bytes that it cannot', async () => {
    const mine = leads.caller();
    const rows = Array.from({ length: 3_000 }, (_, at) => `row${at}@a.example,some words`).join('\n');
    const done = await importAll(mine, `Email,Notes\n${rows}\nz@a.example,a\u0000b\nno\u0000mail,x\n`);
    expect(done).toMatchObject({ status: 'completed', imported: 3_001, rejected: 1 });
    expect(await leads.rows(`select notes from leads where email = 'z@a.example'`)).toEqual([{ notes: 'ab' }]);
  });

  it('answers a repeated key the same import, also when its file is gone', async () => {
    const mine = leads.caller();
    const upload = await putUpload(leads.bus, Readable.from([Buffer.from('Email\nk@a.example\n')]), { tenantId: mine.tenantId });
    const first = await leads.call(operations.startImport, { upload }, mine, 'key-1');
    await ended(leads, mine, first.id);
    expect(await leads.call(operations.startImport, { upload }, mine, 'key-1')).toEqual(first);
  });

  it('shows another tenant nothing, and lets it import nobody else\'s upload', async () => {
    const mine = leads.caller();
    const other = leads.caller();
    const done = await importAll(mine, 'Email\nmine@a.example\nbad\n');
    await expect(leads.call(operations.getImport, { importId: done.id }, other)).rejects.toMatchObject({ code: 'resource.not-found' });
    await expect(leads.call(operations.getImportRejects, { importId: done.id }, other)).rejects.toMatchObject({ code: 'resource.not-found' });
    const upload = { bucket: 'uploads', name: `${mine.tenantId}/x`, bytes: 1 };
    await expect(leads.call(operations.startImport, { upload }, other)).rejects.toMatchObject({ code: 'resource.not-found' });
  });
});
