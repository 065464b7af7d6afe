import { expect, it } from 'vitest';
import { metricsIn } from './declared-metrics.js';
import { queryFaults } from './query-faults.js';

const DECLARED = metricsIn(`
  new Counter({ name: 'leadwire_told_total', help: 'Told.', labelNames: ['type'], registers });
  new Histogram({
    name: 'leadwire_wait_seconds', help: 'Waits.', labelNames: ['consumer', 'type'], buckets: [1, 2], registers,
  });
  MessagingMetrics.gauge(this.registry, 'leadwire_age_seconds', 'Age.', read);
`);
const LISTED = metricsIn(`
  const GAUGES = [
    ['leadwire_waiting', 'Waiting.', (lag) => lag.waiting],
    ['leadwire_resting', 'Resting.', (lag) => lag.resting],
  ];
  for (const [name, help, value] of GAUGES) new Gauge({ name, help, labelNames: ['consumer', 'lane'], registers: [registry], collect() {} });
`);

it('finds declarations with their kinds and labels', () => {
  expect(DECLARED).toEqual([
    { name: 'leadwire_told_total', kind: 'counter', labels: ['type'] },
    { name: 'leadwire_wait_seconds', kind: 'histogram', labels: ['consumer', 'type'] },
    { name: 'leadwire_age_seconds', kind: 'gauge', labels: [] },
  ]);
  expect(LISTED).toEqual(['leadwire_waiting', 'leadwire_resting'].map((name) => ({ name, kind: 'gauge', labels: ['consumer', 'lane'] })));
});

it.each([
  'sum by (service, type) (rate(leadwire_told_total{type="a"}[5m]))',
  'histogram_quantile(0.9, sum by (consumer, le) (rate(leadwire_wait_seconds_bucket[5m])))',
  'max by (service) (leadwire_age_seconds) > 3',
])('finds nothing wrong with %s', (query) => {
  expect(queryFaults(query, DECLARED)).toEqual([]);
});

it.each([
  ['leadwire_tolled_total > 1', 'declared nowhere'],
  ['sum(rate(leadwire_wait_seconds[5m]))', 'declared nowhere'],
  ['leadwire_told_total > 1', 'needs rate'],
  ['sum(rate(leadwire_age_seconds[5m]))', 'is a gauge'],
  ['sum(rate(leadwire_told_total{consumer="a"}[5m]))', 'no label consumer'],
  ['sum by (consumer) (rate(leadwire_told_total[5m]))', 'groups by consumer'],
  ['sum by (le) (leadwire_age_seconds)', 'groups by le'],
  ['leadwire_age_seconds[5m]', 'answers a range'],
  ['max by (service', 'was expected'],
])('finds what is wrong with %s', (query, fault) => {
  expect(queryFaults(query, DECLARED)).toContainEqual(expect.stringContaining(fault));
});
