import type { DeclaredMetric } from './declared-metrics.js';

const perConsumer = (name: string): DeclaredMetric => ({ name, kind: 'gauge', labels: ['consumer', 'source', 'lane'] });

/**
 * Metrics that the rules count on and the code does not declare yet. Each leaves this list with the change that declares
 * it: a test refuses one that stands in both.
 */
export const AWAITED_METRICS: readonly DeclaredMetric[] = [
  perConsumer('leadwire_consumer_oldest_unhandled_seconds'),
  perConsumer('leadwire_consumer_pending'),
  perConsumer('leadwire_consumer_paused'),
  perConsumer('leadwire_parked_events'),
  { name: 'leadwire_rpc_calls_total', kind: 'counter', labels: ['operation'] },
  { name: 'leadwire_rpc_call_failures_total', kind: 'counter', labels: ['operation', 'code'] },
  { name: 'leadwire_rpc_breaker_state', kind: 'gauge', labels: ['target'] },
  { name: 'leadwire_rpc_handled_seconds', kind: 'histogram', labels: ['operation', 'outcome'] },
  { name: 'leadwire_rpc_contexts_refused_total', kind: 'counter', labels: ['operation', 'reason'] },
];
