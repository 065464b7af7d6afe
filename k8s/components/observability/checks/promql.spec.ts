import { expect, it } from 'vitest';
import { readPromql } from './promql.js';

it('reads what an expression selects, by what it groups, and to what it hands a metric', () => {
  const text = 'histogram_quantile(0.99, sum by (service, le) (rate(waits_seconds_bucket{service=~"a|b"}[5m]))) > 1';
  expect(readPromql(text)).toEqual({
    gives: 'instant',
    selectors: [{ metric: 'waits_seconds_bucket', labels: ['service'], handedTo: 'rate' }],
    grouped: ['service', 'le'],
  });
});

it.each([
  ['a > 0 unless on (x) sum by (x) (rate(b[5m])) > 0', 'instant', ['a', 'b']],
  ['sum(rate(a[1h30m])) by (x) > 0.1 * sum(rate(b[5m])) by (x) + 0.05', 'instant', ['a', 'b']],
  ['absent(a)', 'instant', ['a']],
  ['count(a == 2) or vector(0)', 'instant', ['a']],
  ['-(1 + 2) * 3', 'scalar', []],
  ['a[5m]', 'range', ['a']],
])('reads %s', (text, gives, metrics) => {
  const read = readPromql(text);
  expect(read.gives).toBe(gives);
  expect(read.selectors.map(({ metric }) => metric)).toEqual(metrics);
});

it.each([
  'sum by (service (a)',
  'rate(a)',
  'rate(a[5])',
  'rate(a[5m)',
  'sum(a[5m])',
  'histogram_quantile(sum(a), 0.9)',
  'histogram_quantile(0.9)',
  'a{service="b"',
  'a{service~"b"}',
  'a{service=b}',
  'a > ',
  'a b',
  'a and 1',
  'quantile_of(a)',
  'max by service (a)',
  'a > 5x',
  'a # b',
  '',
])('refuses %j', (text) => {
  expect(() => readPromql(text)).toThrow(SyntaxError);
});
