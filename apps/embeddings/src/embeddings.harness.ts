import { ServiceHarness } from '#leadwire/testing';
import { embeddingsMigrations } from '../migrations/index.js';
import { EmbeddingsModule } from './embeddings.module.js';

/** The embeddings service on a real database, bus and model, for its tests. */
export function startEmbeddings(environment: Record<string, string> = {}): Promise<ServiceHarness> {
  return ServiceHarness.start({ name: 'embeddings', module: EmbeddingsModule, migrations: embeddingsMigrations, environment });
}
