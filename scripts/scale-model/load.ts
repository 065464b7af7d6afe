/** What is asked of the platform, and what is assumed of it. */
export interface Load {
  readonly tenants: number;
  readonly eventsPerDay: number;
  /** The busiest minute beside the day's mean. */
  readonly peakFactor: number;
  /** The part of all events that each service tells; together 1. */
  readonly shares: Readonly<Record<string, number>>;
  /** Consumers that handle an event, in the mean. */
  readonly fanOut: number;
  /** The part of a service's events that its busiest consumer hears. */
  readonly busiestConsumer: number;
  /** How much of what was measured is planned with: the rest is for bursts, failover and the ten things nobody foresaw. */
  readonly headroom: number;
  /** How full a disk may be. */
  readonly diskFilled: number;
  /** Days kept: stream, outbox, inbox (see ADR 13). */
  readonly days: { readonly stream: number; readonly outbox: number; readonly inbox: number };
  readonly streamReplicas: number;
  /** What a replicated stream takes beside one that is not. Assumed: no cluster was measured. */
  readonly replicatedShare: number;
  /** The largest servers that are bought before work is divided. */
  readonly postgresServer: { readonly cores: number; readonly diskBytes: number };
  readonly jetStreamNode: { readonly diskBytes: number };
  /** Cores of the machine on which the speeds were measured. */
  readonly measuredCores: number;
  /** Durables that may read one aggregate type for one consumer: one a slot. */
  readonly slots: number;
}

const TERABYTE = 1e12;

/** 10,000 tenants and 1,000,000,000 events a day. The reasons for each number stand in docs/scale.md. */
export const BILLION: Load = {
  tenants: 10_000,
  eventsPerDay: 1e9,
  peakFactor: 5,
  shares: { campaigns: 0.4, leads: 0.25, 'voice-calls': 0.15, 'billing-ledger': 0.15, embeddings: 0.045, identity: 0.005 },
  fanOut: 2,
  busiestConsumer: 0.8,
  headroom: 0.6,
  diskFilled: 0.7,
  days: { stream: 7, outbox: 8, inbox: 15 },
  streamReplicas: 3,
  replicatedShare: 1 / 3,
  postgresServer: { cores: 64, diskBytes: 8 * TERABYTE },
  jetStreamNode: { diskBytes: 4 * TERABYTE },
  measuredCores: 2,
  slots: 8,
};
