import type { DeclaredMetric } from './declared-metrics.js';
import { readPromql, type Selector } from './promql.js';

// Every metric of a service has the first; Prometheus adds the others to what it scrapes.
const LABELS_OF_ALL = ['service', 'job', 'instance', 'namespace', 'pod'];

/** What is wrong with a query, beside the metrics that there are: nothing, if it is empty. */
export function queryFaults(query: string, declared: readonly DeclaredMetric[]): string[] {
  try {
    const { selectors, grouped, gives } = readPromql(query);
    const known = new Set([...LABELS_OF_ALL, ...selectors.flatMap((selector) => labelsOf(selector, declared))]);
    const foreign = grouped.filter((label) => !known.has(label)).map((label) => `groups by ${label}, which none of its metrics has`);
    const answer = gives === 'instant' ? [] : [`answers a ${gives}, which is neither drawn nor compared over time`];
    return [...selectors.flatMap((selector) => selectorFaults(selector, declared)), ...foreign, ...answer];
  } catch (error) {
    return [(error as Error).message];
  }
}

function selectorFaults(selector: Selector, declared: readonly DeclaredMetric[]): string[] {
  const { metric, labels, handedTo } = selector;
  const declaration = declarationOf(metric, declared);
  if (!declaration) return [`${metric} is declared nowhere`];
  const known = [...LABELS_OF_ALL, ...labelsOf(selector, declared)];
  const foreign = labels.filter((label) => !known.includes(label)).map((label) => `${metric} has no label ${label}`);
  const counted = handedTo === 'rate' || handedTo === 'increase';
  if (declaration.kind === 'gauge' && counted) return [...foreign, `${metric} is a gauge: ${handedTo} says nothing of it`];
  if (declaration.kind !== 'gauge' && !counted) return [...foreign, `${metric} only ever grows: it needs rate or increase`];
  return foreign;
}

function labelsOf({ metric }: Selector, declared: readonly DeclaredMetric[]): readonly string[] {
  const labels = declarationOf(metric, declared)?.labels ?? [];
  return metric.endsWith('_bucket') ? [...labels, 'le'] : labels;
}

function declarationOf(metric: string, declared: readonly DeclaredMetric[]): DeclaredMetric | undefined {
  return declared.find(({ name, kind }) => (kind === 'histogram' ? ['_bucket', '_sum', '_count'].some((part) => metric === `${name}${part}`) : metric === name));
}
