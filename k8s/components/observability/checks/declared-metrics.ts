import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A metric as the code declares it. */
export interface DeclaredMetric {
  readonly name: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
}

const METRIC = String.raw`'(leadwire_[a-z_]+)'`;
const CONSTRUCTED = new RegExp(String.raw`new (Counter|Gauge|Histogram)(?:<[^>]*>)?\(\{\s*name: ${METRIC}([\s\S]*?)\}\)`, 'g');
// Several of one kind: `['leadwire_…', 'help', …]` in a list, and one constructor that takes `name` from it.
const LISTED = new RegExp(String.raw`\[\s*${METRIC},\s*'`, 'g');
const OF_LISTED = /new (Counter|Gauge|Histogram)(?:<[^>]*>)?\(\{\s*name,([\s\S]*?)\}\)/;
const READ_AT_SCRAPE = new RegExp(String.raw`\.gauge\(\s*[\w.]+,\s*${METRIC}`, 'g');

/** The metrics that a checkout's libraries declare. */
export function declaredMetrics(top: string): DeclaredMetric[] {
  return sourcesBelow(join(top, 'libs')).flatMap((path) => metricsIn(readFileSync(path, 'utf8')));
}

/** The metrics that a source declares: by prom-client's constructors, in a list, or as a gauge read at each scrape. */
export function metricsIn(source: string): DeclaredMetric[] {
  const constructed = [...source.matchAll(CONSTRUCTED)].map(([, kind, name, rest]) => declared(name!, kind!, rest!));
  const [, kind, rest] = OF_LISTED.exec(source) ?? [];
  const listed = kind ? [...source.matchAll(LISTED)].map(([, name]) => declared(name!, kind, rest!)) : [];
  const read = [...source.matchAll(READ_AT_SCRAPE)].map(([, name]) => declared(name!, 'gauge', ''));
  return [...constructed, ...listed, ...read];
}

function declared(name: string, kind: string, rest: string): DeclaredMetric {
  const [, labels = ''] = /labelNames: \[([^\]]*)\]/.exec(rest) ?? [];
  return { name, kind: kind.toLowerCase() as DeclaredMetric['kind'], labels: [...labels.matchAll(/'(\w+)'/g)].map(([, label]) => label!) };
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(spec|harness)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
