/** A panel of a Grafana dashboard, as far as it is checked. */
export interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { type: string; uid: string };
  fieldConfig?: { defaults: { unit?: string } };
  targets?: { refId: string; expr: string; legendFormat: string }[];
}

/** A Grafana dashboard, as far as it is checked. */
export interface Dashboard {
  uid: string;
  title: string;
  schemaVersion: number;
  templating: { list: { name: string; type: string; query: string | { query: string } }[] };
  panels: Panel[];
}

const WIDTH = 24;

/** What is wrong with a panel's shape, by itself. */
export function panelFaults({ type, title, description, gridPos: { x, y, w, h }, datasource, fieldConfig, targets }: Panel): string[] {
  const faults = [
    x < 0 || y < 0 || w < 1 || h < 1 || x + w > WIDTH ? 'does not lie on the grid' : '',
    title ? '' : 'has no title',
  ];
  if (type === 'row') return faults.filter(Boolean);
  const refIds = targets?.map(({ refId }) => refId) ?? [];
  return [
    ...faults,
    ['timeseries', 'stat'].includes(type) ? '' : `is of an unknown type ${type}`,
    description ? '' : 'has no description',
    datasource?.uid === '${datasource}' ? '' : 'does not follow the chosen data source',
    fieldConfig?.defaults.unit ? '' : 'has no unit',
    refIds.length > 0 && new Set(refIds).size === refIds.length ? '' : 'has no targets, or two of one name',
  ].filter(Boolean);
}

/** Pairs of panels that lie over each other. */
export function overlaps(panels: readonly Panel[]): string[] {
  const apart = (a: Panel['gridPos'], b: Panel['gridPos']) => a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
  return panels.flatMap((one, i) => panels.slice(i + 1).filter((other) => !apart(one.gridPos, other.gridPos)).map((other) => `${one.title} / ${other.title}`));
}

/** A panel's query as Prometheus gets it: what Grafana fills in, filled in. */
export function filledIn(expr: string): string {
  return expr.replaceAll('$__rate_interval', '5m').replaceAll(/\$(service|consumer)\b/g, 'any');
}
