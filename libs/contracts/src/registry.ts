import { billingEvents, billingOperations } from './billing-ledger/index.js';
import { campaignsEvents, campaignsOperations } from './campaigns/index.js';
import type { DomainEvent } from './declare/event.js';
import type { Operation } from './declare/operation.js';
import { embeddingsEvents, embeddingsOperations } from './embeddings/index.js';
import { identityEvents, identityOperations } from './identity/index.js';
import { leadsEvents, leadsOperations } from './leads/index.js';
import { voiceCallsEvents, voiceCallsOperations } from './voice-calls/index.js';

/** Every operation of the platform, in the order of the documents. */
export const ALL_OPERATIONS: readonly Operation<any, any>[] = [
  identityOperations,
  leadsOperations,
  embeddingsOperations,
  campaignsOperations,
  voiceCallsOperations,
  billingOperations,
].flatMap((operations) => Object.values(operations) as Operation<any, any>[]);

/** Every event of the platform. */
export const ALL_EVENTS: readonly DomainEvent<any>[] = [
  ...identityEvents,
  ...leadsEvents,
  ...embeddingsEvents,
  ...campaignsEvents,
  ...voiceCallsEvents,
  ...billingEvents,
];
