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
];
