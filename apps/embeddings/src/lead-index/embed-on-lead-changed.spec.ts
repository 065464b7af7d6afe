import { embeddingsOperations as operations, leadCreated, leadEmbedded, leadUpdated, type LeadSnapshot } from '#leadwire/contracts';
import { Database } from '#leadwire/database';
import { newId } from '#leadwire/kernel';
import { Delivery, ReceivedEvent } from '#leadwire/messaging';
import { until, type ServiceHarness } from '#leadwire/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { EncoderOverloaded, TextNotEncodable, type Encoder } from '../encoder/encoder.port.js';
import { ENCODER } from '../encoder/encoder.provider.js';
import { leadText } from '../encoder/lead-text.js';
import { startEmbeddings } from '../embeddings.harness.js';
import { snapshot } from '../testing/made-up-leads.js';
import { EmbedOnLeadChanged } from './embed-on-lead-changed.consumer.js';

describe('a lead that changes', () => {
  let embeddings: ServiceHarness;
  let encode: MockInstance<Encoder['encode']>;
  let tenantId: string;
  let leadId: string;

  beforeAll(async () => {
    embeddings = await startEmbeddings();
  });
  afterAll(() => embeddings.stop());

  // The real encoder, watched.
  beforeEach(() => {
    encode = vi.spyOn(embeddings.service.app.get<Encoder>(ENCODER), 'encode');
    tenantId = newId();
    leadId = newId();
  });
  afterEach(() => encode.mockRestore());

  const textsEncoded = () => encode.mock.calls.flatMap(([texts]) => texts);
  const publish = (event: typeof leadCreated, fields: Partial<LeadSnapshot>, more: { id?: string; dedupe?: boolean } = {}) =>
    embeddings.publish(event, { tenantId, aggregateId: leadId, payload: snapshot(fields), ...more });
  const row = async () => {
    const [found] = await embeddings.rows(`select *, embedding::text as vector from lead_embeddings where lead_id = $1`, [leadId]);
    return found;
  };
  const knowsSequence = (sequence: number) => until(`sequence ${sequence} is known`, async () => ((await row())?.['event_sequence'] === String(sequence) ? row() : undefined));
  const deliver = (...events: { sequence: number; notes: string; id?: string }[]) => {
    const received = events.map(({ sequence, notes, id = newId() }) =>
      new ReceivedEvent(id, leadUpdated.type, 1, tenantId, 'lead', leadId, sequence, new Date(), snapshot({ notes })));
    const { app } = embeddings.service;
    return app.get(EmbedOnLeadChanged).handle(new Delivery('embed-on-lead-changed', received, 'embeddings', app.get(Database)));
  };

  it('is embedded, and that is told', async () => {
    await publish(leadCreated, { firstName: 'Ana', title: 'Owner', notes: 'Wants solar panels' });
    const stored = await knowsSequence(1);
    const { text, hash } = leadText({ title: 'Owner', notes: 'Wants solar panels' });
    expect(stored).toMatchObject({ tenant_id: tenantId, space_id: 1, content: text, content_hash: hash, excerpt: text });
    const [vector] = await embeddings.service.app.get<Encoder>(ENCODER).encode([text]);
    expect(JSON.parse(stored['vector'])).toEqual(Array.from(vector!, (value) => expect.closeTo(value, 5)));
    expect(await embeddings.told(leadEmbedded, tenantId)).toEqual([
      { aggregateId: leadId, sequence: 1, payload: { model: 'all-MiniLM-L6-v2-int8', dimensions: 384, contentHash: hash } },
    ]);
  });

  it('is embedded once, though the event comes twice', async () => {
    const id = newId();
    await publish(leadCreated, { notes: 'Wants a boat' }, { id, dedupe: false });
    await knowsSequence(1);
    await publish(leadCreated, { notes: 'Wants a boat' }, { id, dedupe: false });
    await publish(leadUpdated, { notes: 'Wants a bigger boat' });
    await knowsSequence(3);
    expect(textsEncoded()).toEqual(['Wants a boat', 'Wants a bigger boat']);
    expect(await embeddings.told(leadEmbedded, tenantId)).toHaveLength(2);
    expect(await embeddings.rows(`select from inbox where tenant_id = $1`, [tenantId])).toHaveLength(2);
  });

  it('is embedded anew when its text changes, and not when only its stage, name or mail does', async () => {
    await publish(leadCreated, { notes: 'Wants a garden', email: 'a@example.org' });
    const before = await knowsSequence(1);
    await publish(leadUpdated, { notes: 'Wants a garden', email: 'b@example.org', firstName: 'Bo', stage: 'contacted' });
    const touched = await knowsSequence(2);
    expect(textsEncoded()).toEqual(['Wants a garden']);
    expect(touched['vector']).toBe(before['vector']);
    expect(touched['updated_at'].getTime()).toBeGreaterThan(before['updated_at'].getTime());
    await publish(leadUpdated, { notes: 'Wants a pond' });
    const changed = await knowsSequence(3);
    expect(changed['vector']).not.toBe(before['vector']);
    expect(textsEncoded()).toEqual(['Wants a garden', 'Wants a pond']);
    expect(await embeddings.told(leadEmbedded, tenantId)).toHaveLength(2);
  });

  it('stays as its newest event says when an older one arrives later', async () => {
    await deliver({ sequence: 5, notes: 'Wants a kitchen' });
    await deliver({ sequence: 4, notes: 'Wants a bathroom' });
    expect(await row()).toMatchObject({ content: 'Wants a kitchen', event_sequence: '5' });
    expect(textsEncoded()).toEqual(['Wants a kitchen']);
    expect(await embeddings.told(leadEmbedded, tenantId)).toHaveLength(1);
  });

  it('stays as its newest event says when that is stored while an older one is encoded', async () => {
    let overtaken = false;
    const original = encode.getMockImplementation() ?? Object.getPrototypeOf(embeddings.service.app.get(ENCODER)).encode;
    encode.mockImplementation(async function (this: Encoder, texts: string[]) {
      if (!overtaken) {
        overtaken = true;
        await deliver({ sequence: 8, notes: 'Wants a piano' });
      }
      return original.call(embeddings.service.app.get(ENCODER), texts);
    });
    await deliver({ sequence: 7, notes: 'Wants a violin' });
    expect(await row()).toMatchObject({ content: 'Wants a piano', event_sequence: '8' });
    expect(await embeddings.told(leadEmbedded, tenantId)).toHaveLength(1);
  });

  it('is embedded once for several events at once, by the newest', async () => {
    await deliver({ sequence: 1, notes: 'one' }, { sequence: 3, notes: 'three' }, { sequence: 2, notes: 'two' });
    expect(textsEncoded()).toEqual(['three']);
    expect(await row()).toMatchObject({ content: 'three', event_sequence: '3' });
    expect(await embeddings.rows(`select from inbox where tenant_id = $1`, [tenantId])).toHaveLength(3);
  });

  it('is known without a vector when it says nothing, and loses the one it had', async () => {
    const caller = embeddings.caller(tenantId);
    await publish(leadCreated, { notes: 'Wants a fence' });
    await knowsSequence(1);
    await publish(leadUpdated, { firstName: 'Jo' });
    expect(await knowsSequence(2)).toMatchObject({ content: '', excerpt: '', vector: null });
    expect((await embeddings.call(operations.searchLeads, { query: 'fence' }, caller)).hits).toEqual([]);
    expect((await embeddings.call(operations.similarLeads, { leadId }, caller)).hits).toEqual([]);
    expect((await embeddings.call(operations.indexStatus, {}, caller)).embedded).toBe(0);
    expect(await embeddings.told(leadEmbedded, tenantId)).toHaveLength(1);
  });

  it('waits for an encoder that is full, and that does not count as a failure of the event', async () => {
    encode.mockRejectedValueOnce(new EncoderOverloaded(20_000, 1, 20_000));
    await expect(deliver({ sequence: 1, notes: 'Wants a well' })).rejects.toMatchObject({ type: { status: 503 } });
    expect(await row()).toBeUndefined();
    expect(await embeddings.rows(`select from inbox where tenant_id = $1`, [tenantId])).toEqual([]);
    encode.mockRejectedValueOnce(new EncoderOverloaded(20_000, 1, 20_000));
    await publish(leadCreated, { notes: 'Wants a well' });
    expect(await knowsSequence(1)).toMatchObject({ content: 'Wants a well' });
  });

  it('fails by itself when the model fails on its text', async () => {
    encode.mockRejectedValueOnce(new TextNotEncodable('no'));
    await expect(deliver({ sequence: 1, notes: 'odd' })).rejects.toBeInstanceOf(TextNotEncodable);
  });
});
