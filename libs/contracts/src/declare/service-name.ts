/** The services that answer operations or publish events, as subjects and schemas name them. */
export const SERVICES = ['identity', 'leads', 'campaigns', 'voice-calls', 'billing-ledger', 'embeddings'] as const;

/** One of the platform's services. */
export type ServiceName = (typeof SERVICES)[number];
