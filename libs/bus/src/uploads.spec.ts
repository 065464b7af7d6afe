import { testServers } from '#leadwire/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bus } from './bus.js';
import { deleteUpload, openUpload, putUpload, uploadBelongsTo, UploadDiffers, UploadMissing } from './uploads.js';

describe('uploads', () => {
  const tenantId = '01890000-0000-7000-8000-000000000001';
  let bus: Bus;

  beforeAll(async () => {
    const namespace = `t${randomBytes(5).toString('hex')}`;
    bus = await Bus.connect({ url: testServers().natsUrl, name: 'test-uploads', namespace });
  });
  afterAll(async () => {
    await (await jetstreamManager(bus.connection)).streams.delete(`OBJ_${bus.streamName('uploads')}`);
    await bus.close();
  });

  it('gives back the bytes it was given, piece by piece', async () => {
    const bytes = randomBytes(700_001);
    const chunks = Array.from({ length: 8 }, (_, at) => bytes.subarray(at * 100_000, (at + 1) * 100_000));
    const upload = await putUpload(bus, Readable.from(chunks), { tenantId, fileName: 'leads.csv' });
    expect(upload).toMatchObject({ bucket: 'uploads', bytes: 700_001, fileName: 'leads.csv' });
    expect((await buffer(await openUpload(bus, upload))).equals(bytes)).toBe(true);
    expect([uploadBelongsTo(upload, tenantId), uploadBelongsTo(upload, 'another')]).toEqual([true, false]);
  });

  it('stores an empty file as one', async () => {
    const upload = await putUpload(bus, Readable.from([]), { tenantId });
    expect(upload.bytes).toBe(0);
    expect(await buffer(await openUpload(bus, upload))).toHaveLength(0);
  });

  it('leaves nothing of a source that fails', async () => {
    async function* broken() {
      yield randomBytes(300_000);
      throw new Error('the client went away');
    }
    await expect(putUpload(bus, Readable.from(broken()), { tenantId, key: 'broken' })).rejects.toThrow('the client went away');
    const missing = { bucket: 'uploads', name: `${tenantId}/broken`, bytes: 0 };
    await expect(openUpload(bus, missing)).rejects.toThrow(UploadMissing);
  });

  it('answers the same key and bytes the same, and never replaces a file', async () => {
    const first = await putUpload(bus, Readable.from([Buffer.from('a,b')]), { tenantId, key: 'k' });
    expect(await putUpload(bus, Readable.from([Buffer.from('a,b')]), { tenantId, key: 'k' })).toEqual(first);
    await expect(putUpload(bus, Readable.from([Buffer.from('a;b')]), { tenantId, key: 'k' })).rejects.toThrow(UploadDiffers);
    expect((await buffer(await openUpload(bus, first))).toString()).toBe('a,b');
  });

  it('is gone once deleted, and may be deleted twice', async () => {
    const upload = await putUpload(bus, Readable.from([Buffer.from('x')]), { tenantId });
    await deleteUpload(bus, upload);
    await deleteUpload(bus, upload);
    await expect(openUpload(bus, upload)).rejects.toThrow(UploadMissing);
  });
});
