import { backboneOperations } from '../platform/backbone.operations.js';
import * as events from './embeddings.events.js';
import * as search from './embeddings.operations.js';

export * from './embeddings.events.js';
export * from './embeddings.operations.js';

export const embeddingsOperations = {
  searchLeads: search.searchLeads,
  similarLeads: search.similarLeads,
  indexStatus: search.indexStatus,
  ...backboneOperations('embeddings'),
};

export const embeddingsEvents = [events.leadEmbedded];
