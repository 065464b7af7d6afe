import { Database } from '#leadwire/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceHarness } from '#leadwire/testing';
import { EncoderClosed, type Encoder } from '../encoder/encoder.port.js';
import { ENCODER } from '../encoder/encoder.provider.js';
import { startEmbeddings } from '../embeddings.harness.js';
import { ActiveSpace } from './active-space.js';

describe('the active space', () => {
  let embeddings: ServiceHarness;
  let encoder: Encoder;

  beforeAll(async () => {
    embeddings = await startEmbeddings();
    encoder = embeddings.service.app.get<Encoder>(ENCODER);
  });
  afterAll(async () => {
    await embeddings.stop();
    // What the service loaded it also frees, and after the last request.
    await expect(encoder.encode(['late'])).rejects.toBeInstanceOf(EncoderClosed);
  });

  it('is the one that the encoder speaks', () => {
    const { id, model, dimensions } = embeddings.service.app.get(ActiveSpace);
    expect({ id, model, dimensions }).toEqual({ id: 1, model: encoder.model, dimensions: encoder.dimensions });
  });

  it('lets no service start with an encoder of another space', async () => {
    const stranger = { model: 'another-model', dimensions: 384, encode: () => Promise.resolve([]), close: () => Promise.resolve() } as const;
    const space = new ActiveSpace(embeddings.service.app.get(Database), stranger);
    await expect(space.onModuleInit()).rejects.toThrow('the encoder speaks another-model (384), the active space is all-MiniLM-L6-v2-int8 (384)');
  });

  it('is one at most', async () => {
    const second = `insert into embedding_spaces (id, model, dimensions, metric, version, active) values (2, 'other', 384, 'cosine', 1, true)`;
    await expect(embeddings.rows(second)).rejects.toMatchObject({ constraint: 'embedding_spaces_active' });
  });
});
