import { backboneStatusOperation } from '../platform/backbone-status.operation.js';
import * as events from './embeddings.events.js';
import * as search from './embeddings.operations.js';

export * from './embeddings.events.js';
export * from './embeddings.operations.js';

export const embeddingsOperations = {
  searchLeads: search.searchLeads,
  similarLeads: search.similarLeads,
  indexStatus: search.indexStatus,
  backboneStatus: backboneStatusOperation('embeddings'),
};

export const embeddingsEvents = [events.leadEmbedded];
